namespace CompiledDnn;

/// <summary>What training came to, epoch by epoch.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochRecord> _epochs = [];

    internal TrainingHistory()
    {
    }

    /// <summary>The finished epochs in their order. An epoch that was cut short by cancellation has no record.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The last finished epoch; null if none was finished.</summary>
    public EpochRecord? Last => _epochs.Count == 0 ? null : _epochs[^1];

    /// <summary>The steps taken, those of an epoch cut short included.</summary>
    public long Steps { get; internal set; }

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>True if cancellation kept training from taking all its steps. The network keeps what it has learned until then.</summary>
    public bool WasCancelled => StopReason == StopReason.Cancelled;

    internal void Add(EpochRecord epoch) => _epochs.Add(epoch);
}
