namespace CompiledDnn;

/// <summary>The base rate times a factor for each time that a cost stayed without a better one: PyTorch's ReduceLROnPlateau.</summary>
/// <remarks>
/// A cost is better if it is lower than the best so far by a share of it. The rate follows from the records of the finished epochs, which are
/// gone through from the first each time; so it is asked for once an epoch.
/// </remarks>
internal sealed class PlateauSchedule(
    double factor, int patience, double threshold, int cooldown, double least, Func<EpochRecord, double>? of) : Schedule
{
    private readonly double _factor = ScheduleNumbers.Require(factor is > 0 and < 1, "more than 0 and less than 1", factor, nameof(ReduceOnPlateau));
    private readonly int _patience = ScheduleNumbers.AtLeast(0, patience, nameof(ReduceOnPlateau));
    private readonly double _threshold = ScheduleNumbers.Require(threshold >= 0, "finite and not negative", threshold, nameof(ReduceOnPlateau));
    private readonly int _cooldown = ScheduleNumbers.AtLeast(0, cooldown, nameof(ReduceOnPlateau));
    private readonly double _least = ScheduleNumbers.Require(least >= 0, "finite and not negative", least, nameof(ReduceOnPlateau));
    private readonly Func<EpochRecord, double> _of = of ?? (record => record.ValidationCost ?? record.Cost);

    /// <inheritdoc/>
    public override bool ChangesWithinEpoch => false;

    /// <inheritdoc/>
    public override double Rate(in SchedulePoint point)
    {
        // A change smaller than this is none, as in PyTorch.
        const double LeastChange = 1e-8;
        double rate = point.BaseRate, best = double.PositiveInfinity;
        int without = 0, cooling = 0;
        IReadOnlyList<EpochRecord> history = point.History;
        for (int i = 0; i < history.Count; i++)
        {
            double cost = _of(history[i]);
            bool isBetter = double.IsPositiveInfinity(best) ? cost < best : cost < best - (_threshold * Math.Abs(best));
            best = isBetter ? cost : best;
            without = isBetter ? 0 : without + 1;
            if (cooling > 0)
            {
                cooling--;
                without = 0;
            }

            if (without > _patience)
            {
                double lower = Math.Max(rate * _factor, _least);
                rate = rate - lower > LeastChange ? lower : rate;
                cooling = _cooldown;
                without = 0;
            }
        }

        return rate;
    }
}
