using System.Numerics;

namespace CompiledDnn;

/// <summary>Scales each column so that its smallest and largest number come to the ends of a range.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>As <c>MinMaxScaler</c> in scikit-learn: s = (max − min) / (high − low), c = min − low · s. Works on sources larger than memory.</remarks>
public sealed class MinMaxScaler<T> : Scaler<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _low;
    private readonly double _high;

    /// <summary>A scaler to a range.</summary>
    /// <param name="low">What the smallest number becomes.</param>
    /// <param name="high">What the largest number becomes, more than <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or infinite.</exception>
    public MinMaxScaler(double low = 0, double high = 1)
    {
        if (!(low < high) || !double.IsFinite(high - low))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"MinMaxScaler: the range goes from {low} to {high}; its end must be more than its beginning.");
        }

        _low = low;
        _high = high;
    }

    /// <inheritdoc/>
    protected override void Measure(IDataSource<T> data, Span<double> center, Span<double> scale)
    {
        ArgumentNullException.ThrowIfNull(data);
        var min = new double[data.InputSize];
        var max = new double[data.InputSize];
        Array.Fill(min, double.PositiveInfinity);
        Array.Fill(max, double.NegativeInfinity);
        ForEachBatch(data, rows =>
        {
            for (; !rows.IsEmpty; rows = rows[min.Length..])
            {
                for (int i = 0; i < min.Length; i++)
                {
                    double x = double.CreateTruncating(rows[i]);
                    min[i] = Math.Min(min[i], x);
                    max[i] = Math.Max(max[i], x);
                }
            }
        });

        for (int i = 0; i < min.Length; i++)
        {
            scale[i] = OrOne(max[i] - min[i]) / (_high - _low);
            center[i] = min[i] - (_low * scale[i]);
        }
    }
}
