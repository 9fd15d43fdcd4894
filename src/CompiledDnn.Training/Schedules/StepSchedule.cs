namespace CompiledDnn;

/// <summary>base · factor^⌊epochs / every⌋, epochs those done: PyTorch's StepLR and, with every = 1, ExponentialLR.</summary>
internal sealed class StepSchedule(int every, double factor) : Schedule
{
    private readonly int _every = ScheduleNumbers.AtLeast(1, every, nameof(Step));
    private readonly double _factor = ScheduleNumbers.Require(factor > 0, "finite and positive", factor, every == 1 ? "Exponential" : nameof(Step));

    /// <inheritdoc/>
    public override bool ChangesWithinEpoch => false;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point) => point.BaseRate * Math.Pow(_factor, (point.Epoch - 1) / _every);
}
