namespace CompiledDnn;

/// <summary>An axis of equal steps of 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearScale : AxisScale
{
    private const int StepsUp = 5;
    private const int StepsAcross = 7;

    private readonly double _low;
    private readonly double _high;
    private readonly double _step;
    private readonly double[] _ticks;

    private LinearScale(double low, double high, double step)
    {
        _low = low;
        _high = high;
        _step = step;
        long first = (long)Math.Ceiling((low / step) - 1e-6);
        long last = (long)Math.Floor((high / step) + 1e-6);
        _ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Ticks => _ticks;

    /// <summary>An axis that ends at ticks, and begins at zero unless the numbers are far above it.</summary>
    /// <param name="values">The numbers to be drawn.</param>
    public static LinearScale Around(IEnumerable<double> values)
    {
        (double low, double high) = Range(values);
        if (low >= 0 && low <= high - low)
        {
            low = 0;
        }

        double step = RoundStep((high - low) / StepsUp);
        return new LinearScale(Math.Floor((low / step) + 1e-6) * step, Math.Ceiling((high / step) - 1e-6) * step, step);
    }

    /// <summary>An axis of whole numbers from one to the other.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, more than the lower.</param>
    public static LinearScale Counting(double low, double high) => new(low, high, Math.Max(1, RoundStep((high - low) / StepsAcross)));

    /// <inheritdoc/>
    public override double Position(double value) => Math.Abs(value) <= Largest ? (value - _low) / (_high - _low) : double.NaN;

    /// <inheritdoc/>
    public override string Label(double tick) => Text(tick, _step);

    // Of numbers that are all but the same, a range about them: ticks closer than their rounding would be the same number.
    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (Math.Abs(value) <= Largest)
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        if (low > high)
        {
            return (0, 1);
        }

        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double room = size < 1e-290 ? 1 : size / 10;
        return high - low > size * 1e-9 && size >= 1e-290 ? (low, high) : (low - room, high + room);
    }

    private static double RoundStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double share = least / power;
        return power * (share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10);
    }
}
