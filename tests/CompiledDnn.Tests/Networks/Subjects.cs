namespace CompiledDnn.Tests.Networks;

/// <summary>The networks that the tests of lifecycle, memory and files use.</summary>
public static partial class Subjects
{
    [Network(3, 4, 2, Output = Activation.Softmax)]
    public sealed partial class Classifier;

    [Network(3, 4, 1)]
    public sealed partial class Binary;

    [Network(3, 4, 1, Precision = Precision.Double)]
    public sealed partial class BinaryDouble;

    [Network(3, 5, 2, Output = Activation.Softmax)]
    public sealed partial class OtherClassifier;

    // GELU needs its Z; several outputs have padding.
    [Network(3, 5, 2, Hidden = Activation.GELU, Output = Activation.GELU, Precision = Precision.Double)]
    public sealed partial class Regressor;

    // Packed inputs, dot products.
    [Network(1030, 6, 3, Output = Activation.Softmax)]
    public sealed partial class Wide;

    // A row is wider than the stack memory that a prediction may take.
    [Network(5, 9000, 2, Output = Activation.Identity)]
    public sealed partial class TooWideForTheStack;

    [Network(4, 8, 6, Output = Activation.Identity, LossType = typeof(Gradients.Customs.GaussianLikelihood<>), Precision = Precision.Double)]
    public sealed partial class Gaussian;
}
