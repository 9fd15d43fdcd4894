namespace CompiledDnn;

/// <summary>The base rate all the way.</summary>
internal sealed class ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override bool ChangesWithinEpoch => false;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point) => point.BaseRate;
}
