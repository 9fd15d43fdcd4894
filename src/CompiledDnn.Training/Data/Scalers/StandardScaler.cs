using System.Numerics;

namespace CompiledDnn;

/// <summary>Scales each column to mean 0 and standard deviation 1: c is the mean, s the standard deviation (divided by n).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>As <c>StandardScaler</c> in scikit-learn. Works on sources larger than memory.</remarks>
public sealed class StandardScaler<T> : Scaler<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    /// <remarks>
    /// Mean and squared deviations are updated with each example, which loses no digits to large means: B. P. Welford, "Note on a Method for
    /// Calculating Corrected Sums of Squares and Products", Technometrics 1962.
    /// </remarks>
    protected override void Measure(IDataSource<T> data, Span<double> center, Span<double> scale)
    {
        ArgumentNullException.ThrowIfNull(data);
        long n = 0;
        var mean = new double[data.InputSize];
        var squares = new double[data.InputSize];
        ForEachBatch(data, rows =>
        {
            for (; !rows.IsEmpty; rows = rows[mean.Length..])
            {
                n++;
                for (int i = 0; i < mean.Length; i++)
                {
                    double x = double.CreateTruncating(rows[i]);
                    double deviation = x - mean[i];
                    mean[i] += deviation / n;
                    squares[i] += deviation * (x - mean[i]);
                }
            }
        });

        const double Epsilon = 2.220446049250313e-16;
        for (int i = 0; i < mean.Length; i++)
        {
            double variance = squares[i] / n;

            // What rounding alone can leave of a column that does not vary, as scikit-learn puts it.
            double rounding = n * mean[i] * Epsilon;
            bool varies = variance > (n * Epsilon * variance) + (rounding * rounding);
            center[i] = mean[i];
            scale[i] = varies || double.IsNaN(variance) ? Math.Sqrt(variance) : 1;
        }
    }
}
