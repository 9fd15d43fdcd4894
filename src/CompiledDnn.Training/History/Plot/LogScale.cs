namespace CompiledDnn;

/// <summary>A logarithmic axis from one power of ten, or 2 or 5 times one, to another.</summary>
internal sealed class LogScale : AxisScale
{
    /// <summary>With more powers of ten than this, those between are left out evenly.</summary>
    private const int MostPowers = 8;

    /// <summary>With fewer powers of ten than this, there are ticks between them.</summary>
    private const double FewPowers = 2.5;

    private static readonly double[] s_steps = [1, 2, 5];

    private readonly double _low;
    private readonly double _high;
    private readonly double[] _ticks;

    private LogScale(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        double[] all = [.. Enumerable.Range(first, last - first + 1).SelectMany(static power => s_steps.Select(step => Power(step, power)))];
        double below = all.Last(tick => tick <= low * (1 + 1e-9));
        double above = all.Append(Power(1, last + 1)).First(tick => tick >= high * (1 - 1e-9));
        if (Math.Log10(above / below) <= FewPowers)
        {
            _ticks = [.. all.Where(tick => tick >= below && tick <= above)];
        }
        else
        {
            (below, above) = (Power(1, first), Power(1, last));
            int every = 1 + ((last - first) / MostPowers);
            _ticks = [.. Enumerable.Range(0, ((last - first) / every) + 1).Select(i => Power(1, first + (i * every)))];
        }

        (_low, _high) = (Math.Log10(below), Math.Log10(above));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Ticks => _ticks;

    /// <summary>An axis for the numbers above zero; null if there are none.</summary>
    /// <param name="values">The numbers to be drawn.</param>
    public static LogScale? Around(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity;
        double high = 0;
        foreach (double value in values.Where(IsDrawn))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return high == 0 ? null : new LogScale(low, Math.Max(high, low * 2));
    }

    /// <inheritdoc/>
    public override double Position(double value) => IsDrawn(value) ? (Math.Log10(value) - _low) / (_high - _low) : double.NaN;

    /// <inheritdoc/>
    public override string Label(double tick) => Text(tick, tick);

    private static bool IsDrawn(double value) => value is >= 1 / Largest and <= Largest;

    private static double Power(double step, int power) => double.Parse(FormattableString.Invariant($"{step}e{power}"), System.Globalization.CultureInfo.InvariantCulture);
}
