using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Onnx;

/// <summary>A network for every activation, in both precisions, that is written as an ONNX model and read back.</summary>
public static partial class OnnxNetworks
{
    /// <summary>All of them in float.</summary>
    public static INetwork<float>[] Floats() =>
    [
        new FloatIdentity(seed: 3), new FloatReLU(seed: 3), new FloatLeakyReLU(seed: 3), new FloatELU(seed: 3), new FloatGELU(seed: 3),
        new FloatSiLU(seed: 3), new FloatSoftplus(seed: 3), new FloatSigmoid(seed: 3), new FloatTanh(seed: 3),
        new FloatSoftmax(seed: 3), new FloatOptions(seed: 3), new FloatSwish(seed: 3), new FloatOneLayer(seed: 3), new FloatWide(seed: 3),
    ];

    /// <summary>All of them in double.</summary>
    public static INetwork<double>[] Doubles() =>
    [
        new DoubleIdentity(seed: 3), new DoubleReLU(seed: 3), new DoubleLeakyReLU(seed: 3), new DoubleELU(seed: 3), new DoubleGELU(seed: 3),
        new DoubleSiLU(seed: 3), new DoubleSoftplus(seed: 3), new DoubleSigmoid(seed: 3), new DoubleTanh(seed: 3),
        new DoubleSoftmax(seed: 3), new DoubleOptions(seed: 3), new DoubleSwish(seed: 3),
    ];

    /// <summary>Writes each as a model named after it.</summary>
    /// <returns>The files.</returns>
    public static string[] SaveAll(string folder) => [.. Floats().Select(net => Save(folder, net)), .. Doubles().Select(net => Save(folder, net))];

    private static string Save<T>(string folder, INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string path = Path.Combine(folder, $"{net.Shape.Name}.onnx");
        net.SaveOnnx(path);
        return path;
    }

    [Network(5, 7, 6, 3, Hidden = Activation.Identity, Output = Activation.Identity)]
    public sealed partial class FloatIdentity;

    [Network(5, 7, 6, 3, Hidden = Activation.ReLU, Output = Activation.ReLU)]
    public sealed partial class FloatReLU;

    [Network(5, 7, 6, 3, Hidden = Activation.LeakyReLU, Output = Activation.LeakyReLU)]
    public sealed partial class FloatLeakyReLU;

    [Network(5, 7, 6, 3, Hidden = Activation.ELU, Output = Activation.ELU)]
    public sealed partial class FloatELU;

    [Network(5, 7, 6, 3, Hidden = Activation.GELU, Output = Activation.GELU)]
    public sealed partial class FloatGELU;

    [Network(5, 7, 6, 3, Hidden = Activation.SiLU, Output = Activation.SiLU)]
    public sealed partial class FloatSiLU;

    [Network(5, 7, 6, 3, Hidden = Activation.Softplus, Output = Activation.Softplus)]
    public sealed partial class FloatSoftplus;

    [Network(5, 7, 6, 3, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid)]
    public sealed partial class FloatSigmoid;

    [Network(5, 7, 6, 3, Hidden = Activation.Tanh, Output = Activation.Tanh)]
    public sealed partial class FloatTanh;

    [Network(5, 7, 4, Hidden = Activation.Tanh, Output = Activation.Softmax)]
    public sealed partial class FloatSoftmax;

    [Network(5, 7, 6, 3, Hidden = Activation.LeakyReLU, NegativeSlope = 0.3, Output = Activation.Identity)]
    [Layer(2, Activation = Activation.ELU, Alpha = 0.7)]
    public sealed partial class FloatOptions;

    [Network(5, 7, 3, HiddenType = typeof(SteepSwish<>), Output = Activation.Identity)]
    public sealed partial class FloatSwish;

    [Network(5, 7, 6, 3, Hidden = Activation.Identity, Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class DoubleIdentity;

    [Network(5, 7, 6, 3, Hidden = Activation.ReLU, Output = Activation.ReLU, Precision = Precision.Double)]
    public sealed partial class DoubleReLU;

    [Network(5, 7, 6, 3, Hidden = Activation.LeakyReLU, Output = Activation.LeakyReLU, Precision = Precision.Double)]
    public sealed partial class DoubleLeakyReLU;

    [Network(5, 7, 6, 3, Hidden = Activation.ELU, Output = Activation.ELU, Precision = Precision.Double)]
    public sealed partial class DoubleELU;

    [Network(5, 7, 6, 3, Hidden = Activation.GELU, Output = Activation.GELU, Precision = Precision.Double)]
    public sealed partial class DoubleGELU;

    [Network(5, 7, 6, 3, Hidden = Activation.SiLU, Output = Activation.SiLU, Precision = Precision.Double)]
    public sealed partial class DoubleSiLU;

    [Network(5, 7, 6, 3, Hidden = Activation.Softplus, Output = Activation.Softplus, Precision = Precision.Double)]
    public sealed partial class DoubleSoftplus;

    [Network(5, 7, 6, 3, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class DoubleSigmoid;

    [Network(5, 7, 6, 3, Hidden = Activation.Tanh, Output = Activation.Tanh, Precision = Precision.Double)]
    public sealed partial class DoubleTanh;

    [Network(5, 7, 4, Hidden = Activation.Tanh, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class DoubleSoftmax;

    [Network(5, 7, 6, 3, Hidden = Activation.LeakyReLU, NegativeSlope = 0.3, Output = Activation.Identity, Precision = Precision.Double)]
    [Layer(2, Activation = Activation.ELU, Alpha = 0.7)]
    public sealed partial class DoubleOptions;

    [Network(5, 7, 3, HiddenType = typeof(SteepSwish<>), Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class DoubleSwish;

    [Network(5, 1)]
    public sealed partial class FloatOneLayer;

    // Packed inputs, dot products.
    [Network(1030, 6, 3, Output = Activation.Softmax)]
    public sealed partial class FloatWide;

    // An activation that does not say what it is in ONNX, and one that says it wrongly.
    [Network(5, 7, 3, HiddenType = typeof(Gradients.Customs.Swish<>), Output = Activation.Identity)]
    public sealed partial class FloatWithoutForm;

    [Network(5, 7, 3, HiddenType = typeof(Unfinished<>), Output = Activation.Identity)]
    public sealed partial class FloatWithWrongForm;

    /// <summary>a = z σ(1.5 z), a user's own.</summary>
    [ActivationTraits(Onnx = "Mul(z, Sigmoid(Mul(1.5, z)))")]
    public readonly struct SteepSwish<T> : IActivation<T>, IDerivativeFromInput<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TVector Apply<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => Gradients.Customs.Swish<T>.Apply<TOps, TVector>(z);

        public static TVector DerivativeFromInput<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => Gradients.Customs.Swish<T>.DerivativeFromInput<TOps, TVector>(z);
    }

    /// <summary>a = z, with half of a form.</summary>
    [ActivationTraits(Onnx = "Mul(z, Sigmoid(z)")]
    public readonly struct Unfinished<T> : IActivation<T>, IDerivativeFromOutput<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TVector Apply<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => z;

        public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.One;
    }
}
