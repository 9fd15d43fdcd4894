using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// R² = 1 − Σ (y − a)² / Σ (y − mean y)² of each output; then the mean of the outputs. Where all targets are the same it is 1 if the
/// outputs are just those, else 0. Of fewer than two examples it is not a number.
/// </summary>
/// <remarks>
/// The mean and the squares about it are followed from example to example, because the difference of large sums would lose its
/// digits: B. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", 1962; with weights D. West, 1979.
/// </remarks>
internal sealed class R2Metric : Metric
{
    /// <inheritdoc/>
    public override string Name => "r2";

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) => MetricComplaints.UnlessNumbers(shape);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>(shape.OutputSize);

    // The sums: the examples, their weights, then for each output the mean of y, the squares about it, and the squared errors.
    private sealed class Accumulator<T>(int outputs) : MetricAccumulator<T>(2 + (3 * outputs))
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Value
        {
            get
            {
                if (Sums[0] < 2)
                {
                    return double.NaN;
                }

                double sum = 0;
                for (int o = 0; o < outputs; o++)
                {
                    sum += Score(Sums.Slice(2 + (3 * o), 3));
                }

                return sum / outputs;
            }
        }

        public override void Add(MetricBatch<T> batch)
        {
            Span<double> sums = Sums;
            for (int i = 0; i < batch.Count; i++)
            {
                double weight = batch.Weight(i);
                sums[0]++;
                sums[1] += weight;
                double share = sums[1] == 0 ? 0 : weight / sums[1];
                ReadOnlySpan<T> outputRow = batch.Output(i);
                ReadOnlySpan<T> targetRow = batch.Target(i);
                for (int o = 0; o < outputs; o++)
                {
                    Follow(sums.Slice(2 + (3 * o), 3), double.CreateTruncating(outputRow[o]), double.CreateTruncating(targetRow[o]), weight, share);
                }
            }
        }

        private static void Follow(Span<double> sums, double a, double y, double weight, double share)
        {
            double fromMean = y - sums[0];
            sums[0] += share * fromMean;
            sums[1] += weight * fromMean * (y - sums[0]);
            sums[2] += weight * (y - a) * (y - a);
        }

        private static double Score(Span<double> sums) => sums[1] == 0 ? (sums[2] == 0 ? 1 : 0 * sums[2]) : 1 - (sums[2] / sums[1]);
    }
}
