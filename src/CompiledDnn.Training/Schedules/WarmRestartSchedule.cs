namespace CompiledDnn;

/// <summary>least + (base − least) (1 + cos(π t / T)) / 2 with t the epochs since the last restart and T those until the next one.</summary>
/// <remarks>
/// I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, equation 5. T is multiplied by the growth at
/// each restart; parts of epochs count, as where PyTorch's CosineAnnealingWarmRestarts is given them.
/// </remarks>
internal sealed class WarmRestartSchedule(int epochs, int growth, double least) : Schedule
{
    private readonly int _epochs = ScheduleNumbers.AtLeast(1, epochs, nameof(WarmRestarts));
    private readonly int _growth = ScheduleNumbers.AtLeast(1, growth, nameof(WarmRestarts));
    private readonly double _least = ScheduleNumbers.Require(least >= 0, "finite and not negative", least, nameof(WarmRestarts));

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point)
    {
        double since = point.EpochsDone, period = _epochs;
        if (_growth == 1)
        {
            since %= period;
        }

        while (since >= period)
        {
            since -= period;
            period *= _growth;
        }

        return ScheduleNumbers.Cosine(point.BaseRate, _least, since / period);
    }
}
