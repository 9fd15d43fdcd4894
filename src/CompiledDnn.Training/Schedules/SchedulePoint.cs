namespace CompiledDnn;

/// <summary>Where a training is when a <see cref="Schedule"/> is asked for the rate of its next step.</summary>
public readonly record struct SchedulePoint
{
    /// <summary>The rate of the optimiser, which a schedule makes the rate of the step from.</summary>
    public required double BaseRate { get; init; }

    /// <summary>The steps taken before this one, in all epochs: 0 for the first.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps of this epoch taken before this one: 0 for its first.</summary>
    public int StepInEpoch { get; init; }

    /// <summary>The steps of an epoch; null if not known beforehand.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>The steps of the whole training; null if not known beforehand.</summary>
    public long? TotalSteps { get; init; }

    /// <summary>The epochs finished before this step, in their order.</summary>
    public IReadOnlyList<EpochRecord> History
    {
        get => field ?? [];
        init;
    }

    /// <summary>
    /// The epochs before this step, the part of the one under way included: 2.5 in the middle of the third. Whole epochs if their
    /// steps are not known beforehand.
    /// </summary>
    public double EpochsDone => Epoch - 1 + (StepsPerEpoch is > 0 and { } steps ? (double)StepInEpoch / steps : 0);

    /// <summary><see cref="TotalSteps"/> for a schedule that cannot do without.</summary>
    /// <param name="schedule">The schedule's name.</param>
    /// <exception cref="InvalidOperationException">They are not known.</exception>
    public long RequireTotalSteps(string schedule) =>
        TotalSteps
        ?? throw new InvalidOperationException(
            $"{schedule} needs the number of steps of the whole training, which is not known beforehand for this source of data.");
}
