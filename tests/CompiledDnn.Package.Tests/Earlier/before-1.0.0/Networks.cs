using System.Numerics;
using CompiledDnn;

namespace Earlier;

// Between them these networks call every kernel that generated code calls: each is here for those named beside it.

/// <summary>Wide input, few outputs: dot products and outer products.</summary>
[Network(2048, 20, 7, 5, 1)]
public sealed partial class Wide;

/// <summary>Inputs whose rows do not end on a line, so that they are copied.</summary>
[Network(1030, 3, 1, Hidden = Activation.Tanh)]
public sealed partial class Packed;

/// <summary>Lanes across outputs in several vectors; softmax and its cross-entropy, layer by layer.</summary>
[Network(64, 128, 64, 10, Output = Activation.Softmax)]
public sealed partial class Digits;

/// <summary>A small network's step with labels.</summary>
[Network(4, 16, 3, Output = Activation.Softmax)]
public sealed partial class Species;

/// <summary>A small network's step with one output; weights inside the program.</summary>
[Network(30, 16, 8, 1)]
public sealed partial class Tumours;

/// <summary>A layer alone.</summary>
[Network(10, 1)]
public sealed partial class Logistic;

/// <summary>Many narrow layers.</summary>
[Network(12, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1, Hidden = Activation.ELU, Alpha = 0.5)]
public sealed partial class Deep;

/// <summary>More layers than one method holds: an example goes through them one after the other.</summary>
[Network(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1, Hidden = Activation.Tanh)]
public sealed partial class Endless;

/// <summary>Softmax over dot products.</summary>
[Network(1030, 3, Output = Activation.Softmax)]
public sealed partial class WideEnd;

/// <summary>Several probabilities of a small network.</summary>
[Network(20, 24, 5, Hidden = Activation.LeakyReLU, NegativeSlope = 0.1)]
public sealed partial class Several;

/// <summary>Regression in double, with a derivative that needs Z, and dropout.</summary>
[Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
[Layer(2, Activation = Activation.SiLU, Dropout = 0.25)]
public sealed partial class Surrogate;

/// <summary>Softmax in double.</summary>
[Network(64, 24, 10, Output = Activation.Softmax, Precision = Precision.Double)]
public sealed partial class ExactDigits;

/// <summary>An output activation with a derivative of its own, and the absolute error.</summary>
[Network(9, 40, 2, Hidden = Activation.GELU, Output = Activation.Softplus, Loss = Loss.MeanAbsoluteError)]
public sealed partial class Amounts;

/// <summary>A loss with a number from the attribute.</summary>
[Network(9, 12, 1, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 0.5)]
public sealed partial class Robust;

/// <summary>Softmax with a loss that is not made for it.</summary>
[Network(8, 12, 4, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]
public sealed partial class Shares;

/// <summary>An activation and a loss of one's own.</summary>
[Network(6, 16, 2, HiddenType = typeof(Swish<>), Output = Activation.Identity, LossType = typeof(GaussianLikelihood<>))]
public sealed partial class Custom;

/// <summary>z · sigmoid(z).</summary>
public readonly struct Swish<T> : IActivation<T>, IDerivativeFromInput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static V Apply<Ops, V>(V z)
        where Ops : struct, IVectorOps<V, T>
        where V : struct =>
        Ops.Multiply(z, Ops.Sigmoid(z));

    public static V DerivativeFromInput<Ops, V>(V z)
        where Ops : struct, IVectorOps<V, T>
        where V : struct
    {
        V s = Ops.Sigmoid(z);
        return Ops.MultiplyAdd(Ops.Multiply(z, s), Ops.Subtract(Ops.One, s), s);
    }
}

/// <summary>½ (s + (y − μ)² e⁻ˢ), a loss of two outputs for one target.</summary>
[LossTraits(OutputsPerTarget = 2)]
public readonly struct GaussianLikelihood<T> : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static T Half => T.CreateChecked(0.5);

    public static bool AveragesOutputs => false;

    public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y)
    {
        T distance = y[0] - a[0];
        return Half * (a[1] + (distance * distance * T.Exp(-a[1])));
    }

    public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da)
    {
        T distance = y[0] - a[0];
        T precision = T.Exp(-a[1]);
        da[0] = -distance * precision;
        da[1] = Half * (T.One - (distance * distance * precision));
    }
}
