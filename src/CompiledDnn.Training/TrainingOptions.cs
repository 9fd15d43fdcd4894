using System.Numerics;

namespace CompiledDnn;

/// <summary>How <c>Fit</c> trains. Every option has a default; what is left out costs nothing.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record TrainingOptions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How often every example is trained on. Default: 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>
    /// Examples in a batch, or <see cref="TrainingOptions.FullBatch"/> for all in one. The last batch of an epoch has what is left.
    /// Default: 32.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How a step changes the parameters. Default: Adam with a rate of 0.001.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam();

    /// <summary>How the learning rate changes; it starts from the optimiser's. Default: null, it does not.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// λ₁ of the penalty λ₁ Σ |w| over the weights, not the biases: g += λ₁ sign(w). The reported cost is without it. Finite and not negative.
    /// Default: 0.
    /// </summary>
    public double L1 { get; init; }

    /// <summary>
    /// λ₂ of the penalty λ₂/2 Σ w² over the weights, not the biases: g += λ₂ w. The reported cost is without it. Finite and not negative.
    /// Default: 0.
    /// </summary>
    public double L2 { get; init; }

    /// <summary>
    /// The largest magnitude of a number of the gradient, penalties included; larger ones are cut down to it. Finite and positive. Default: null,
    /// no limit.
    /// </summary>
    public double? ClipValue { get; init; }

    /// <summary>
    /// The largest Euclidean norm of the whole gradient, after <see cref="ClipValue"/>; a longer gradient is shortened to it. Finite and positive.
    /// Default: null, no limit.
    /// </summary>
    public double? ClipNorm { get; init; }

    /// <summary>Examples to evaluate after each epoch, never trained on. Default: none.</summary>
    public IDataSource<T>? Validation { get; init; }

    /// <summary>
    /// What else to measure on the training data as it goes by and on the validation data after each epoch. Default: nothing but cost and
    /// accuracy.
    /// </summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>
    /// How much the examples of each class count in the cost, for classes that are not equally common; see <see cref="CompiledDnn.ClassWeights"/>.
    /// They multiply with the weights of examples, and only how they compare matters: together they are divided by their mean over the training
    /// data. Default: all the same.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// ε: targets y become (1 − ε) y + ε / K for K classes, two where outputs are independent, so that the network does not strive for
    /// certainty; in training alone, the validation cost is that of the targets themselves. In [0, 1). Default: 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// True to take the examples in another order each epoch. Examples that all fit in one batch stay as they are. Default: true.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Which orders: the same seed gives the same ones on every machine. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>True to keep the cost of every step in <see cref="TrainingHistory.StepCosts"/>. Default: false.</summary>
    public bool KeepStepCosts { get; init; }

    /// <summary>When to stop because training gets no better, and which weights to end with. Default: never, the last.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Stops training after the step under way once it has taken so long. Default: never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Called after steps and epochs, in this order. Default: nobody.</summary>
    public IReadOnlyList<TrainingCallback<T>> Callbacks { get; init; } = [];

    /// <summary>Where and how often to save all that it takes to go on. Default: nowhere.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Told after each epoch, on the thread that trains. Default: nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Tells <see cref="Progress"/> in the middle of an epoch, too, whenever so much time has passed. Default: never.</summary>
    public TimeSpan? ProgressInterval { get; init; }

    /// <summary>
    /// Stops training after the step under way. <c>Fit</c> then returns as usual, and
    /// <see cref="TrainingHistory.WasCancelled"/> is true. Default: never.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What is done to the gradient before the optimiser sees it.</summary>
    internal GradientRules Rules => new() { L1 = L1, L2 = L2, ClipValue = ClipValue, ClipNorm = ClipNorm };

    /// <summary>The metrics asked for, that of early stopping included.</summary>
    internal IReadOnlyList<Metric> AllMetrics() =>
        EarlyStopping?.Metric is { } watched && Metrics.All(metric => metric?.Name != watched.Name) ? [.. Metrics, watched] : Metrics;
}

/// <summary>Values for <see cref="TrainingOptions{T}"/>.</summary>
public static class TrainingOptions
{
    /// <summary>A <see cref="TrainingOptions{T}.BatchSize"/> of all examples, as in the notebook: one step an epoch.</summary>
    public const int FullBatch = 0;
}
