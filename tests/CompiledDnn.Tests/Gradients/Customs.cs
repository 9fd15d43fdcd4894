using System.Numerics;
using System.Numerics.Tensors;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Gradients;

/// <summary>Networks with a user's own activations and losses.</summary>
public static partial class Customs
{
    [Network(4, 6, 3, HiddenType = typeof(Swish<>), Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class HiddenSwish;

    [Network(4, 5, 3, Hidden = Activation.Tanh, OutputType = typeof(Swish<>), Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class OutputSwish;

    [Network(4, 6, 3, HiddenType = typeof(Squash), Output = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class HiddenSquash;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(LogCosh<>), Precision = Precision.Double)]
    public sealed partial class IdentityLogCosh;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, LossType = typeof(LogCosh<>), Precision = Precision.Double)]
    public sealed partial class SoftmaxLogCosh;

    [Network(4, 5, 6, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(GaussianLikelihood<>), Precision = Precision.Double)]
    public sealed partial class IdentityGaussian;

    [Network(4, 5, 2, Hidden = Activation.Tanh, Output = Activation.SiLU, LossType = typeof(GaussianLikelihood<>), Precision = Precision.Double)]
    public sealed partial class SiLUGaussian;

    [Network(1027, 3, 4, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(GaussianLikelihood<>), Precision = Precision.Double)]
    public sealed partial class WideGaussian;

    /// <summary>a = z σ(1.5 z): its derivative follows from its input.</summary>
    public readonly struct Swish<T> : IActivation<T>, IDerivativeFromInput<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TVector Apply<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Multiply(z, TOps.Sigmoid(TOps.Multiply(z, TOps.Constant(1.5))));

        public static TVector DerivativeFromInput<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            TVector scaled = TOps.Multiply(z, TOps.Constant(1.5));
            TVector s = TOps.Sigmoid(scaled);
            return TOps.Multiply(s, TOps.MultiplyAdd(scaled, TOps.Subtract(TOps.One, s), TOps.One));
        }
    }

    /// <summary>a = z / √(1 + z²), for double only: its derivative follows from its output, (1 − a²)^1.5.</summary>
    public readonly struct Squash : IActivation<double>, IDerivativeFromOutput<double>
    {
        public static TVector Apply<TOps, TVector>(TVector z)
            where TOps : struct, IVectorOps<TVector, double>
            where TVector : struct => TOps.Divide(z, TOps.Sqrt(TOps.MultiplyAdd(z, z, TOps.One)));

        public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
            where TOps : struct, IVectorOps<TVector, double>
            where TVector : struct
        {
            TVector rest = TOps.Subtract(TOps.One, TOps.Multiply(a, a));
            return TOps.Multiply(rest, TOps.Sqrt(rest));
        }
    }

    /// <summary>log cosh(a − y), averaged over outputs; its derivative is tanh(a − y).</summary>
    public readonly struct LogCosh<T> : IElementwiseLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => true;

        public static TVector Value<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            TVector d = TOps.Abs(TOps.Subtract(a, y));
            TVector tail = TOps.LogOnePlus(TOps.Exp(TOps.Multiply(d, TOps.Constant(-2))));
            return TOps.Subtract(TOps.Add(d, tail), TOps.Constant(Math.Log(2)));
        }

        public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Tanh(TOps.Subtract(a, y));
    }

    /// <summary>
    /// Outputs 2t and 2t + 1 are the mean μ and the logarithm s of the variance of target t: ½ Σ (s + (y − μ)² e⁻ˢ).
    /// </summary>
    [LossTraits(OutputsPerTarget = 2)]
    public readonly struct GaussianLikelihood<T> : IRowLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => false;

        public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y)
        {
            T sum = T.Zero;
            for (int t = 0; t < y.Length; t++)
            {
                T d = y[t] - a[2 * t];
                sum += a[(2 * t) + 1] + (d * d * T.Exp(-a[(2 * t) + 1]));
            }

            return sum / (T.One + T.One);
        }

        public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da)
        {
            for (int t = 0; t < y.Length; t++)
            {
                T precision = T.Exp(-a[(2 * t) + 1]);
                T d = y[t] - a[2 * t];
                da[2 * t] = -d * precision;
                da[(2 * t) + 1] = (T.One - (d * d * precision)) / (T.One + T.One);
            }
        }
    }

    /// <summary>½ Σ (a − y)² as a loss over whole rows, with a form of its own for outputs that are the logits: not of one kind with it.</summary>
    public readonly struct RowSquares<T> : IRowLoss<T>, IFusedRowLoss<T, Identity<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => false;

        public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y)
        {
            T sum = T.Zero;
            for (int i = 0; i < y.Length; i++)
            {
                sum += (a[i] - y[i]) * (a[i] - y[i]);
            }

            return sum / (T.One + T.One);
        }

        public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da) => TensorPrimitives.Subtract(a, y, da);

        public static T ValueFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> y) => Value(z, y);

        public static void DerivativeFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz) => Derivative(z, y, dz);
    }
}
