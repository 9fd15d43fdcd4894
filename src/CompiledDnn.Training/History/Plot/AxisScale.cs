using System.Globalization;

namespace CompiledDnn;

/// <summary>Where numbers lie on an axis, and which of them it names.</summary>
internal abstract class AxisScale
{
    /// <summary>Beyond this the difference of two numbers might be infinite.</summary>
    public const double Largest = 1e300;

    /// <summary>The numbers that the axis names, in their order.</summary>
    public abstract IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a number lies: 0 at the lower end of the axis, 1 at the upper; not a number if it cannot be drawn.</summary>
    /// <param name="value">The number.</param>
    public abstract double Position(double value);

    /// <summary>The text of a tick.</summary>
    /// <param name="tick">One of <see cref="Ticks"/>.</param>
    public abstract string Label(double tick);

    /// <summary>A number as text with so many decimals, or with an exponent where that is shorter.</summary>
    /// <param name="value">The number.</param>
    /// <param name="step">The distance of numbers that have to be told apart.</param>
    protected static string Text(double value, double step)
    {
        if (value != 0 && (step < 1e-5 || Math.Abs(value) >= 1e7))
        {
            return value.ToString("0.######e+0", CultureInfo.InvariantCulture);
        }

        int decimals = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
