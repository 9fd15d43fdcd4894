namespace CompiledDnn;

/// <summary>How far training has come, told after each epoch.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch that has ended, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The steps taken so far, in all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The steps of an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>See <see cref="EpochRecord.Cost"/>.</summary>
    public required double Cost { get; init; }

    /// <summary>See <see cref="EpochRecord.Accuracy"/>.</summary>
    public double? Accuracy { get; init; }

    /// <summary>See <see cref="EpochRecord.ValidationCost"/>.</summary>
    public double? ValidationCost { get; init; }

    /// <summary>See <see cref="EpochRecord.ValidationAccuracy"/>.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The time since training began.</summary>
    public required TimeSpan Elapsed { get; init; }
}
