namespace CompiledDnn;

/// <summary>base · (start + (1 − start) t / n) for step t of the first n, then another schedule.</summary>
/// <remarks>
/// P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2; as PyTorch's LinearLR, followed by
/// another in a SequentialLR.
/// </remarks>
internal sealed class WarmUpSchedule(long steps, Schedule then, double start) : Schedule
{
    private readonly long _steps = ScheduleNumbers.AtLeast(1, steps, nameof(WarmUp));
    private readonly double _start = ScheduleNumbers.Require(start is > 0 and <= 1, "more than 0 and at most 1", start, nameof(WarmUp));

    /// <inheritdoc/>
    public override bool NeedsTotalSteps => then.NeedsTotalSteps;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point) => point.Step < _steps
        ? point.BaseRate * (_start + ((1 - _start) * point.Step / _steps))
        : then.Rate(point with { Step = point.Step - _steps, TotalSteps = point.TotalSteps - _steps });
}
