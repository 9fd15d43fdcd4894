namespace CompiledDnn.Tests.Dropout;

/// <summary>Networks with dropout, of shapes that take different kernels; all in double.</summary>
public static partial class DropoutNetworks
{
    [Network(4, 9, 6, 3, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double, Dropout = 0.3)]
    public sealed partial class EveryHiddenLayer;

    // Derivatives from Z, and one layer without.
    [Network(5, 17, 8, 9, 4, Hidden = Activation.SiLU, Output = Activation.Softmax, Precision = Precision.Double, Dropout = 0.5)]
    [Layer(2, Dropout = 0)]
    public sealed partial class SoftmaxBehind;

    [Network(4, 12, 10, 2, HiddenType = typeof(Gradients.Customs.Swish<>), Output = Activation.Sigmoid, Precision = Precision.Double)]
    [Layer(2, Dropout = 0.25)]
    public sealed partial class CustomActivation;

    [Network(3, 8, 8, 1, Precision = Precision.Double, Dropout = 0.2)]
    public sealed partial class RectifiedOneOutput;

    // Dot products of packed inputs, and of a hidden layer that drops.
    [Network(1030, 5, 2, Hidden = Activation.Softplus, Precision = Precision.Double, Dropout = 0.4)]
    public sealed partial class WidePackedInput;

    [Network(2, 1026, 3, Hidden = Activation.Sigmoid, Output = Activation.GELU, Precision = Precision.Double, Dropout = 0.1)]
    public sealed partial class WideHidden;

    [Network(3, 6, 2, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.MeanSquaredError, Precision = Precision.Double, Dropout = 0.35)]
    public sealed partial class NotFused;
}

/// <summary>Pairs of networks that differ in nothing but dropout.</summary>
public static partial class Twins
{
    [Network(20, 33, 16, 4, Output = Activation.Softmax, Dropout = 0.5)]
    public sealed partial class Dropping;

    [Network(20, 33, 16, 4, Output = Activation.Softmax)]
    public sealed partial class Plain;

    // A row is wider than the stack memory that a prediction may take.
    [Network(5, 9000, 2, Output = Activation.Identity, Dropout = 0.5)]
    public sealed partial class WideDropping;

    [Network(100, 97, 64, 10, Output = Activation.Softmax, Dropout = 0.2)]
    public sealed partial class Threaded;

    [Network(1500, 23, 31, 3, Hidden = Activation.SiLU, Output = Activation.Identity, Precision = Precision.Double, Dropout = 0.3)]
    public sealed partial class ThreadedDouble;
}
