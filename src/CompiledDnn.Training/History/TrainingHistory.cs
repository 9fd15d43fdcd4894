namespace CompiledDnn;

/// <summary>What training came to, epoch by epoch. It can be written as JSON, as CSV, and as a picture of the cost curve.</summary>
public sealed partial class TrainingHistory
{
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<StepCost> _stepCosts = [];

    internal TrainingHistory()
    {
    }

    /// <summary>The finished epochs in their order. An epoch that was cut short has no record.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The last finished epoch; null if none was finished.</summary>
    public EpochRecord? Last => _epochs.Count == 0 ? null : _epochs[^1];

    /// <summary>The cost of every step, in their order; empty unless they were to be kept.</summary>
    public IReadOnlyList<StepCost> StepCosts => _stepCosts;

    /// <summary>The steps taken, those of an epoch cut short included.</summary>
    public long Steps { get; internal set; }

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>True if cancellation kept training from taking all its steps. The network keeps what it has learned until then.</summary>
    public bool WasCancelled => StopReason == StopReason.Cancelled;

    /// <summary>
    /// The epoch with the lowest validation cost, or with the lowest cost where there is no validation data; of equal ones the first. Null if
    /// no finished epoch has a cost that is a number.
    /// </summary>
    public int? BestEpoch
    {
        get
        {
            EpochRecord? best = null;
            foreach (EpochRecord epoch in _epochs)
            {
                double cost = Watched(epoch);
                if (!double.IsNaN(cost) && (best is null || cost < Watched(best)))
                {
                    best = epoch;
                }
            }

            return best?.Epoch;

            static double Watched(EpochRecord epoch) => epoch.ValidationCost ?? epoch.Cost;
        }
    }

    internal void Add(EpochRecord epoch) => _epochs.Add(epoch);

    internal void Add(StepCost step) => _stepCosts.Add(step);

    /// <summary>Takes the memory for the costs of steps, so that adding them allocates nothing.</summary>
    /// <param name="steps">How many there will be.</param>
    internal void ReserveStepCosts(long steps) => _stepCosts.EnsureCapacity((int)Math.Min(steps, Array.MaxLength));
}
