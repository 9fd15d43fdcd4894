using System.Numerics;

namespace CompiledDnn;

/// <summary>Scales each column by its middle half, which outliers do not move: c is the median, s the distance of the quartiles.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>As <c>RobustScaler</c> in scikit-learn. It needs all inputs in memory while it measures.</remarks>
public sealed class RobustScaler<T> : Scaler<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Measure(IDataSource<T> data, Span<double> center, Span<double> scale)
    {
        ArgumentNullException.ThrowIfNull(data);
        int inputs = data.InputSize;
        var x = new List<T>();
        ForEachBatch(data, rows => x.AddRange(rows));
        var column = new double[x.Count / inputs];
        for (int i = 0; i < inputs; i++)
        {
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = double.CreateTruncating(x[(row * inputs) + i]);
            }

            // Those that are no number come first.
            Array.Sort(column);
            bool usable = column.Length > 0 && !double.IsNaN(column[0]);
            center[i] = usable ? Quantile(column, 0.5) : double.NaN;
            scale[i] = usable ? OrOne(Quantile(column, 0.75) - Quantile(column, 0.25)) : double.NaN;
        }
    }

    // Between the two nearest numbers, in proportion: NumPy's default.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double low = sorted[below];
        double high = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return low + ((high - low) * (place - below));
    }
}
