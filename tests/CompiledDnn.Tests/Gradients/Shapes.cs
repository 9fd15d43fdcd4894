namespace CompiledDnn.Tests.Gradients;

/// <summary>Shapes that take different paths through the planner.</summary>
public static partial class Shapes
{
    [Network(5, 1, Precision = Precision.Double)]
    public sealed partial class OneLayerOneOutput;

    [Network(8, 1, Precision = Precision.Double)]
    public sealed partial class OneLayerUnpackedInput;

    [Network(4, 3, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class OneLayerThreeOutputs;

    [Network(1, 1, 1, Hidden = Activation.SiLU, Precision = Precision.Double)]
    public sealed partial class OneOfEverything;

    [Network(3, 1, 2, Hidden = Activation.SiLU, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class OneHiddenUnit;

    [Network(7, 17, 9, 8, 1, Hidden = Activation.GELU, Precision = Precision.Double)]
    public sealed partial class AroundTheVectorWidth;

    [Network(3, 4, 4, 4, 4, 4, 4, 4, 2, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class Deep;

    // Dot products of packed inputs: 1030 is not a whole number of cache lines.
    [Network(1030, 5, 2, Hidden = Activation.Softplus, Precision = Precision.Double)]
    public sealed partial class WidePackedInput;

    // Dot products of inputs as they lie, weights with a longer stride.
    [Network(1024, 3, 1, Precision = Precision.Double)]
    public sealed partial class WideUnpackedInput;

    [Network(1025, 4, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class WideSoftmax;

    // Dot products behind a hidden layer.
    [Network(2, 1026, 3, Hidden = Activation.Sigmoid, Output = Activation.GELU, Precision = Precision.Double)]
    public sealed partial class WideHidden;

    [Network(3, 1100, 1, 2, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class WideIntoOneHiddenUnit;
}
