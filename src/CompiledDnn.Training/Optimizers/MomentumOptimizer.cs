using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>Gradient descent with momentum: v = μ v + g, w −= α v.</summary>
/// <remarks>
/// α is the learning rate, g the gradient, v begins at zero, so that the first step is v = g. B. T. Polyak, "Some methods of
/// speeding up the convergence of iteration methods", 1964, in the form of PyTorch's SGD without dampening: the rate multiplies the
/// velocity, not the gradient.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
/// <param name="momentum">μ, in [0, 1).</param>
public sealed class MomentumOptimizer(double rate, double momentum = 0.9) : Optimizer(rate)
{
    /// <summary>μ.</summary>
    public double Coefficient { get; } = RequireDecay(momentum, nameof(MomentumOptimizer));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["v"];

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) =>
        ParameterUpdate.Momentum(parameters, gradients, piece.Slot(0), T.CreateTruncating(piece.Rate), T.CreateTruncating(Coefficient));
}
