using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>RMSProp: v = ρ v + (1 − ρ) g², w −= α g / (√v + ε).</summary>
/// <remarks>
/// α is the learning rate, g the gradient, v begins at zero, and nothing makes up for that, so that the first step is about
/// α / √(1 − ρ) for every parameter. T. Tieleman and G. Hinton, "Lecture 6.5 - RMSProp: Divide the gradient by a running average of its recent
/// magnitude", 2012; ε is added to the root, as in PyTorch, whose name for ρ is alpha. A v too small to be a normal number counts as
/// zero.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
/// <param name="decay">ρ, in [0, 1).</param>
/// <param name="epsilon">ε, finite and positive.</param>
public sealed class RMSPropOptimizer(double rate = 1e-2, double decay = 0.99, double epsilon = 1e-8) : Optimizer(rate)
{
    /// <summary>ρ.</summary>
    public double Decay { get; } = RequireDecay(decay, nameof(RMSPropOptimizer));

    /// <summary>ε.</summary>
    public double Epsilon { get; } = RequireEpsilon(epsilon, nameof(RMSPropOptimizer));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["v"];

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) =>
        ParameterUpdate.RMSProp(
            parameters, gradients, piece.Slot(0), T.CreateTruncating(piece.Rate), T.CreateTruncating(1 - Decay), NotZero<T>(Epsilon));
}
