using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>Gradient descent with Nesterov's momentum: v = μ v + g, w −= α (g + μ v).</summary>
/// <remarks>
/// α is the learning rate, g the gradient, v begins at zero. The step looks ahead: it is the one that momentum would take next if the
/// gradient stayed as it is. Y. Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)", 1983, in
/// the form of PyTorch's SGD: the gradient is taken at w, not at w − α μ v.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
/// <param name="momentum">μ, in [0, 1).</param>
public sealed class NesterovOptimizer(double rate, double momentum = 0.9) : Optimizer(rate)
{
    /// <summary>μ.</summary>
    public double Coefficient { get; } = RequireDecay(momentum, nameof(NesterovOptimizer));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["v"];

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) =>
        ParameterUpdate.Nesterov(parameters, gradients, piece.Slot(0), T.CreateTruncating(piece.Rate), T.CreateTruncating(Coefficient));
}
