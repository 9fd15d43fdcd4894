namespace CompiledDnn;

/// <summary>From base / start divisor up to base along half a cosine, then down to the first rate / end divisor along another.</summary>
/// <remarks>
/// L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018, in the form of
/// PyTorch's OneCycleLR with two phases, whose max_lr is the base rate here. The momentum stays as it is.
/// </remarks>
internal sealed class OneCycleSchedule(double rise, double startDivisor, double endDivisor) : Schedule
{
    private readonly double _rise = ScheduleNumbers.Require(rise is > 0 and < 1, "more than 0 and less than 1", rise, nameof(OneCycle));
    private readonly double _startDivisor = ScheduleNumbers.Require(startDivisor >= 1, "finite and at least 1", startDivisor, nameof(OneCycle));
    private readonly double _endDivisor = ScheduleNumbers.Require(endDivisor >= 1, "finite and at least 1", endDivisor, nameof(OneCycle));

    /// <inheritdoc/>
    public override bool NeedsTotalSteps => true;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point)
    {
        long total = point.RequireTotalSteps("Schedule.OneCycle");
        double first = point.BaseRate / _startDivisor, last = first / _endDivisor;

        // The rate is highest at step `top`, counted from 0, which need not be whole and is below 0 where there are too few steps to rise.
        double top = (_rise * total) - 1, step = Math.Min(point.Step, Math.Max(0, total - 1));
        return step < top
            ? ScheduleNumbers.Cosine(first, point.BaseRate, step / top)
            : ScheduleNumbers.Cosine(point.BaseRate, last, (step - top) / Math.Max(total - 1 - top, 1e-12));
    }
}
