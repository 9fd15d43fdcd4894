namespace CompiledDnn;

/// <summary>How far training has come, told after each epoch and, if asked for, in between.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch that has ended or is under way, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The steps taken so far, in all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The steps taken in this epoch.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>The steps of an epoch; null if the data does not say how many examples it has.</summary>
    public required int? StepsPerEpoch { get; init; }

    /// <summary>True after an epoch, false in the middle of one, where the costs are those of its batches so far.</summary>
    public required bool IsEpochEnd { get; init; }

    /// <summary>See <see cref="EpochRecord.Cost"/>.</summary>
    public required double Cost { get; init; }

    /// <summary>See <see cref="EpochRecord.Accuracy"/>.</summary>
    public double? Accuracy { get; init; }

    /// <summary>See <see cref="EpochRecord.Metrics"/>; empty in the middle of an epoch.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.Empty;

    /// <summary>See <see cref="EpochRecord.ValidationCost"/>; null in the middle of an epoch.</summary>
    public double? ValidationCost { get; init; }

    /// <summary>See <see cref="EpochRecord.ValidationAccuracy"/>; null in the middle of an epoch.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>See <see cref="EpochRecord.ValidationMetrics"/>; empty in the middle of an epoch.</summary>
    public MetricValues ValidationMetrics { get; init; } = MetricValues.Empty;

    /// <summary>The learning rate of the last step.</summary>
    public required double Rate { get; init; }

    /// <summary>Examples trained on in a second, validation included in the time.</summary>
    public required double ExamplesPerSecond { get; init; }

    /// <summary>The time since this call of <c>Fit</c> began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>About how long the remaining epochs will take; null if that is not known.</summary>
    public required TimeSpan? TimeLeft { get; init; }
}
