using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>Plain gradient descent, the notebook's: w −= α g.</summary>
/// <remarks>
/// α is the learning rate, g the gradient. A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées",
/// 1847; on batches H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
public sealed class GradientDescentOptimizer(double rate) : Optimizer(rate)
{
    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) =>
        ParameterUpdate.Descend(parameters, gradients, T.CreateTruncating(piece.Rate));
}
