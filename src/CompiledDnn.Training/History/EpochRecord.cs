namespace CompiledDnn;

/// <summary>What one epoch came to.</summary>
/// <remarks>
/// Cost, accuracy and metrics on the training data are those of its batches during the epoch, each before its own update. They tell of
/// weights that change meanwhile; <c>Evaluate</c> tells of those at the end.
/// </remarks>
public sealed record EpochRecord
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps taken when it ended, those of the epochs before it included.</summary>
    public long Step { get; init; }

    /// <summary>The examples trained on in it.</summary>
    public long Examples { get; init; }

    /// <summary>The learning rate of its last step; null if the optimiser has none.</summary>
    public double? Rate { get; init; }

    /// <summary>J, the mean over the examples of the epoch's batches.</summary>
    public required double Cost { get; init; }

    /// <summary>The share of the epoch's examples that were predicted right, see <see cref="Evaluation.Accuracy"/>; null for regression.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The metrics that were asked for on the epoch's batches, by name.</summary>
    public MetricValues Metrics
    {
        // Null stands for none: what reads JSON leaves out initialisers, and records compare fields.
        get => field ?? MetricValues.Empty;
        init => field = value is { Count: 0 } ? null : value;
    }

    /// <summary>J of the validation data after the epoch; null without validation data.</summary>
    public double? ValidationCost { get; init; }

    /// <summary>The accuracy on the validation data after the epoch; null without validation data and for regression.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The metrics that were asked for on the validation data after the epoch, by name; empty without validation data.</summary>
    public MetricValues ValidationMetrics
    {
        get => field ?? MetricValues.Empty;
        init => field = value is { Count: 0 } ? null : value;
    }

    /// <summary>The time that the epoch took, validation included, in seconds.</summary>
    public required double Seconds { get; init; }
}
