namespace CompiledDnn;

/// <summary>
/// L-BFGS with a line search, for small problems whose examples all fit in one batch: w += t d with d = −H g, where H, an estimate of the
/// inverse of the matrix of second derivatives, comes from the newest steps, and t meets the strong Wolfe conditions.
/// </summary>
/// <remarks>
/// <para>
/// J. Nocedal and S. J. Wright, "Numerical Optimization", 2nd edition, algorithms 7.4, 7.5 and 3.5; the two tolerances end training early,
/// as in PyTorch and SciPy.
/// </para>
/// <para>
/// A step asks for cost and gradient several times, mostly once. So it is for <c>Fit</c> with a
/// <see cref="TrainingOptions{T}.BatchSize"/> of <see cref="TrainingOptions.FullBatch"/>, where a step is an epoch: it cannot be given to
/// <c>TrainStep</c>. Every cost must be that of the same examples, so it does not go with dropout, nor with L1, which has no
/// derivative at zero, nor with clipping.
/// </para>
/// </remarks>
public sealed class LBFGSOptimizer : Optimizer
{
    /// <summary>Describes L-BFGS.</summary>
    /// <param name="rate">The first t to try, finite and not negative; 1 is right unless you know better.</param>
    /// <param name="history">The steps to remember, at least 1; each takes twice the memory of the parameters.</param>
    /// <param name="gradientTolerance">Ends training when no derivative is larger, finite and not negative.</param>
    /// <param name="costTolerance">
    /// Ends training when the cost falls by less than this share of it, or, for a cost below 1, by less than this; finite and not negative.
    /// </param>
    /// <param name="maxEvaluations">The most evaluations of a search along a direction, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public LBFGSOptimizer(
        double rate = 1, int history = 10, double gradientTolerance = 1e-7, double costTolerance = 1e-9, int maxEvaluations = 25)
        : base(rate)
    {
        History = RequireCount(history, nameof(history));
        GradientTolerance = RequireTolerance(gradientTolerance, nameof(gradientTolerance));
        CostTolerance = RequireTolerance(costTolerance, nameof(costTolerance));
        MaxEvaluations = RequireCount(maxEvaluations, nameof(maxEvaluations));
        Slots = LBFGSMemory<double>.SlotNames(history);
    }

    /// <summary>The steps that are remembered.</summary>
    public int History { get; }

    /// <summary>The largest derivative that counts as zero.</summary>
    public double GradientTolerance { get; }

    /// <summary>The smallest share by which the cost has to fall.</summary>
    public double CostTolerance { get; }

    /// <summary>The most evaluations of a search along a direction.</summary>
    public int MaxEvaluations { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; }

    /// <inheritdoc/>
    public override int NumberCount => LBFGSMemory<double>.NumberCount(History);

    /// <inheritdoc/>
    public override bool NeedsFullBatch => true;

    /// <inheritdoc/>
    protected internal override (double First, double Second) Prepare(double rate, long steps) => throw NoPieces();

    /// <inheritdoc/>
    protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece) => throw NoPieces();

    private static NotSupportedException NoPieces() =>
        new($"{nameof(LBFGSOptimizer)} asks for the cost several times a step; train with Fit and BatchSize = TrainingOptions.FullBatch.");

    private static int RequireCount(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{nameof(LBFGSOptimizer)}: {name} is at least 1, but it is {value}.");

    private static double RequireTolerance(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{nameof(LBFGSOptimizer)}: {name} is finite and not negative, but it is {value}.");
}
