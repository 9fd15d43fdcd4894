using System.Numerics;
using CompiledDnn;

namespace Samples;

/// <summary>
/// The negative logarithm of the likelihood of a normal distribution, without its constant: ½ (s + (y − μ)² e⁻ˢ), where the outputs μ and
/// s are the mean and the logarithm of the variance. A loss of one's own: a value, its derivative, and how wide a target is.
/// </summary>
/// <remarks>D. A. Nix and A. S. Weigend, "Estimating the mean and variance of the target probability distribution", ICNN 1994.</remarks>
[LossTraits(OutputsPerTarget = 2)]
public readonly struct GaussianLikelihood<T> : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static T Half => T.CreateChecked(0.5);

    /// <inheritdoc/>
    public static bool AveragesOutputs => false;

    /// <inheritdoc/>
    public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y)
    {
        T distance = y[0] - a[0];
        return Half * (a[1] + (distance * distance * T.Exp(-a[1])));
    }

    /// <inheritdoc/>
    public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da)
    {
        T distance = y[0] - a[0];
        T precision = T.Exp(-a[1]);
        da[0] = -distance * precision;                                   // ∂/∂μ
        da[1] = Half * (T.One - (distance * distance * precision));      // ∂/∂s
    }
}
