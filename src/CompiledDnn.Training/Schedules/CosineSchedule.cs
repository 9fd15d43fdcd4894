namespace CompiledDnn;

/// <summary>least + (base − least) (1 + cos(π t / T)) / 2 with t the steps taken and T those of the whole training.</summary>
/// <remarks>
/// I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, equation 5, without restarts: PyTorch's
/// CosineAnnealingLR, stepped after every step.
/// </remarks>
internal sealed class CosineSchedule(double least) : Schedule
{
    private readonly double _least = ScheduleNumbers.Require(least >= 0, "finite and not negative", least, nameof(Cosine));

    /// <inheritdoc/>
    public override bool NeedsTotalSteps => true;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point)
    {
        long total = Math.Max(1, point.RequireTotalSteps("Schedule.Cosine"));
        return ScheduleNumbers.Cosine(point.BaseRate, _least, Math.Min(1, (double)point.Step / total));
    }
}
