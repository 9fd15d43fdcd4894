using System.Numerics;
using System.Runtime.InteropServices;

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
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        T rate = T.CreateTruncating(state.Rate);

        Span<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradients);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= rate * g[i];
        }

        for (int i = w.Length * Vector<T>.Count; i < parameters.Length; i++)
        {
            parameters[i] -= rate * gradients[i];
        }
    }
}
