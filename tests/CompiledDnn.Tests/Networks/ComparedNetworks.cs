namespace CompiledDnn.Tests.Networks;

/// <summary>Generated networks of several shapes, 1 to 64 layers, that are compared with the plain network.</summary>
public static partial class ComparedNetworks
{
    [Network(12, 1)]
    public sealed partial class Logistic;

    [Network(5, 4, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class Linear;

    [Network(30, 16, 8, 1)]
    public sealed partial class TwoHiddenLayers;

    [Network(30, 16, 8, 1, Precision = Precision.Double)]
    public sealed partial class TwoHiddenLayersDouble;

    [Network(64, 128, 64, 10, Output = Activation.Softmax)]
    public sealed partial class Digits;

    [Network(3, 40, 33, 17, 2, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class ManyLabels;

    // The notebook's own network on smaller pictures, and one whose rows of weights would share a set of the cache.
    [Network(1200, 20, 7, 5, 1)]
    public sealed partial class SmallCats;

    [Network(2048, 3, 4, Hidden = Activation.Sigmoid, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class WideSoftmax;

    [Network(2, 1, 1, 3, Hidden = Activation.Tanh, Output = Activation.Identity)]
    public sealed partial class Bottleneck;

    // 64 layers.
    [Network(
        4, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
        6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
        6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 2,
        Hidden = Activation.Tanh,
        Precision = Precision.Double)]
    public sealed partial class SixtyFourLayers;
}
