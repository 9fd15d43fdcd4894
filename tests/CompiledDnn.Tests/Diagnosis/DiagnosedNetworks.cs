namespace CompiledDnn.Tests.Diagnosis;

/// <summary>The networks that the tests look into.</summary>
public static partial class DiagnosedNetworks
{
    /// <summary>The notebook's network on pictures of 64 × 64 × 3 numbers.</summary>
    [Network(12288, 20, 7, 5, 1)]
    public sealed partial class Cats;

    [Network(4, 8, 6, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
    public sealed partial class Classifier;

    [Network(4, 8, 6, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class ClassifierDouble;

    [Network(3, 6, 4, 2, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class Regression;

    [Network(30, 16, 8, 1)]
    public sealed partial class Rectified;

    [Network(1030, 5, 2, Hidden = Activation.SiLU, Output = Activation.Identity)]
    public sealed partial class Wide;

    /// <summary>Its loss has a derivative of the wrong size.</summary>
    [Network(4, 5, 2, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(WrongLoss<>), Precision = Precision.Double)]
    public sealed partial class Mistaken;

    /// <summary>The same in single precision.</summary>
    [Network(4, 5, 2, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(WrongLoss<>))]
    public sealed partial class MistakenFloat;

    [Network(
        5, 8, 8, 8, 8, 8, 8, 8, 8, 1, Hidden = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class DeepSigmoid;

    /// <summary>(a − y)², whose derivative lacks the 2.</summary>
    public readonly struct WrongLoss<T> : IElementwiseLoss<T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => true;

        public static TVector Value<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Multiply(TOps.Subtract(a, y), TOps.Subtract(a, y));

        public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Subtract(a, y);
    }
}
