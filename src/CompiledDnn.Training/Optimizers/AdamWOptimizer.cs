using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>
/// Adam with decoupled weight decay: w = (1 − α λ) w, then as <see cref="AdamOptimizer"/>: m = β₁ m + (1 − β₁) g,
/// v = β₂ v + (1 − β₂) g², w −= α m̂ / (√v̂ + ε).
/// </summary>
/// <remarks>
/// α is the learning rate, λ the decay. Unlike a penalty in the gradient, the decay is the same share of every weight, however large its
/// gradients are. I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2, with the decay times the
/// learning rate, as in PyTorch. Biases are spared unless <paramref name="decayBiases"/> is true; PyTorch decays whatever it is given.
/// </remarks>
/// <param name="rate">α, finite and not negative.</param>
/// <param name="decay">λ, finite and not negative.</param>
/// <param name="decayBiases">True to decay biases too.</param>
/// <param name="beta1">β₁, in [0, 1).</param>
/// <param name="beta2">β₂, in [0, 1).</param>
/// <param name="epsilon">ε, finite and positive.</param>
public sealed class AdamWOptimizer(
    double rate = 1e-3, double decay = 0.01, bool decayBiases = false, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : Optimizer(rate)
{
    private readonly AdamOptimizer _adam = new(rate, beta1, beta2, epsilon);

    /// <summary>λ.</summary>
    public double Decay { get; } = double.IsFinite(decay) && decay >= 0
        ? decay
        : throw new ArgumentOutOfRangeException(
            nameof(decay), decay, $"{nameof(AdamWOptimizer)}: {nameof(decay)} is finite and not negative, but it is {decay}.");

    /// <summary>True if biases decay too.</summary>
    public bool DecaysBiases { get; } = decayBiases;

    /// <summary>β₁.</summary>
    public double Beta1 => _adam.Beta1;

    /// <summary>β₂.</summary>
    public double Beta2 => _adam.Beta2;

    /// <summary>ε.</summary>
    public double Epsilon => _adam.Epsilon;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots => _adam.Slots;

    /// <inheritdoc/>
    public override bool SeparatesBiases => !DecaysBiases;

    /// <inheritdoc/>
    protected internal override (double First, double Second) Prepare(double rate, long steps) => _adam.Prepare(rate, steps);

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece)
    {
        if (piece.IsBias)
        {
            _adam.Apply(parameters, gradients, piece);
            return;
        }

        AdamRates<T> rates = _adam.Rates<T>(piece.Prepared) with { Keep = T.CreateTruncating(1 - (piece.Rate * Decay)) };
        ParameterUpdate.AdamW(parameters, gradients, piece.Slot(0), piece.Slot(1), rates);
    }
}
