using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>
/// Adam: m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= α m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in step t.
/// </summary>
/// <remarks>
/// α is the learning rate, g the gradient; m and v begin at zero, which the two denominators make up for. D. P. Kingma and J. Ba,
/// "Adam: A Method for Stochastic Optimization", 2015, algorithm 1; ε is added to the root of v̂, as there and in PyTorch. An m or v
/// too small to be a normal number counts as zero.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
/// <param name="beta1">β₁, in [0, 1).</param>
/// <param name="beta2">β₂, in [0, 1).</param>
/// <param name="epsilon">ε, finite and positive.</param>
public sealed class AdamOptimizer(double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : Optimizer(rate)
{
    /// <summary>β₁.</summary>
    public double Beta1 { get; } = RequireDecay(beta1, nameof(AdamOptimizer));

    /// <summary>β₂.</summary>
    public double Beta2 { get; } = RequireDecay(beta2, nameof(AdamOptimizer));

    /// <summary>ε.</summary>
    public double Epsilon { get; } = RequireEpsilon(epsilon, nameof(AdamOptimizer));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["m", "v"];

    /// <inheritdoc/>
    protected internal override (double First, double Second) Prepare(double rate, long steps)
    {
        // α m̂ / (√v̂ + ε) = α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε √(1 − β₂ᵗ))
        double root = Math.Sqrt(1 - Math.Pow(Beta2, steps));
        return (rate * root / (1 - Math.Pow(Beta1, steps)), Epsilon * root);
    }

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) =>
        ParameterUpdate.Adam(parameters, gradients, piece.Slot(0), piece.Slot(1), Rates<T>(piece.Prepared));

    /// <summary>The factors of a step.</summary>
    /// <param name="prepared">What <see cref="Prepare"/> gave for it.</param>
    internal AdamRates<T> Rates<T>((double First, double Second) prepared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(T.CreateTruncating(1 - Beta1), T.CreateTruncating(1 - Beta2), T.CreateTruncating(prepared.First), NotZero<T>(prepared.Second));
}
