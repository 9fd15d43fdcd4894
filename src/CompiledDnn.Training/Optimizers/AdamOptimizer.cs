using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledDnn;

/// <summary>
/// Adam: m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= α m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in step t.
/// </summary>
/// <remarks>
/// α is the learning rate, g the gradient; m and v begin at zero, which the two denominators make up for. D. P. Kingma and J. Ba,
/// "Adam: A Method for Stochastic Optimization", 2015, algorithm 1; ε is added to the root of v̂, as there and in PyTorch.
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
    public double Epsilon { get; } = double.IsFinite(epsilon) && epsilon > 0
        ? epsilon
        : throw new ArgumentOutOfRangeException(
            nameof(epsilon), epsilon, $"{nameof(AdamOptimizer)}: {nameof(epsilon)} is finite and positive, but it is {epsilon}.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["m", "v"];

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        T decay1 = T.CreateTruncating(Beta1);
        T decay2 = T.CreateTruncating(Beta2);
        T share1 = T.CreateTruncating(1 - Beta1);
        T share2 = T.CreateTruncating(1 - Beta2);

        // α m̂ / (√v̂ + ε) = step · m / (scale · √v + ε)
        T step = T.CreateTruncating(state.Rate / (1 - Math.Pow(Beta1, state.Steps)));
        T scale = T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(Beta2, state.Steps)));

        // An ε too small for T would round to zero, and padding would become 0 / 0.
        T tiny = T.Max(T.CreateTruncating(Epsilon), T.Epsilon);
        Span<T> means = state.Slot(0);
        Span<T> squares = state.Slot(1);

        Span<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        Span<Vector<T>> m = MemoryMarshal.Cast<T, Vector<T>>(means);
        Span<Vector<T>> v = MemoryMarshal.Cast<T, Vector<T>>(squares);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradients);
        var epsilons = new Vector<T>(tiny);
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (decay1 * m[i]) + (share1 * g[i]);
            v[i] = (decay2 * v[i]) + (share2 * (g[i] * g[i]));
            w[i] -= step * m[i] / ((scale * Vector.SquareRoot(v[i])) + epsilons);
        }

        for (int i = w.Length * Vector<T>.Count; i < parameters.Length; i++)
        {
            means[i] = (decay1 * means[i]) + (share1 * gradients[i]);
            squares[i] = (decay2 * squares[i]) + (share2 * (gradients[i] * gradients[i]));
            parameters[i] -= step * means[i] / ((scale * T.Sqrt(squares[i])) + tiny);
        }
    }
}
