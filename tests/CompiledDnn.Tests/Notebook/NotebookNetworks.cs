namespace CompiledDnn.Tests.Notebook;

/// <summary>The networks of the notebook's cases and of the training traces, declared as a user would.</summary>
public static partial class NotebookNetworks
{
    [Network(3, 5, 4, 2, Precision = Precision.Double)]
    public sealed partial class ThreeLayers;

    [Network(3, 1, Precision = Precision.Double)]
    public sealed partial class OneSigmoid;

    [Network(3, 1, Output = Activation.ReLU, Precision = Precision.Double)]
    public sealed partial class OneReLU;

    [Network(4, 3, 1, Precision = Precision.Double)]
    public sealed partial class TwoLayers;

    [Network(4, 3, 1)]
    public sealed partial class TwoLayersFloat;

    [Network(5, 4, 3, 1, Precision = Precision.Double)]
    public sealed partial class ThreeLayersOneOutput;

    [Network(2, 4, 1, Precision = Precision.Double)]
    public sealed partial class ExclusiveOr;

    [Network(2, 4, 1)]
    public sealed partial class ExclusiveOrFloat;

    [Network(3, 5, 4, 2)]
    public sealed partial class ThreeLayersFloat;
}
