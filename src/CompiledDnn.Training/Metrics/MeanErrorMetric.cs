using System.Numerics;

namespace CompiledDnn;

/// <summary>The mean absolute error, or the root of the mean squared error, of each output; then the mean of the outputs.</summary>
/// <param name="isSquared">True for the root of the mean squared error.</param>
internal sealed class MeanErrorMetric(bool isSquared) : Metric
{
    /// <inheritdoc/>
    public override string Name => isSquared ? "root_mean_squared_error" : "mean_absolute_error";

    /// <inheritdoc/>
    public override bool LargerIsBetter => false;

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) => MetricComplaints.UnlessNumbers(shape);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>(shape.OutputSize, isSquared);

    // The sums: one for each output, then the weights.
    private sealed class Accumulator<T>(int outputs, bool isSquared) : MetricAccumulator<T>(outputs + 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Value
        {
            get
            {
                double sum = 0;
                foreach (double errors in Sums[..outputs])
                {
                    sum += isSquared ? Math.Sqrt(errors / Sums[outputs]) : errors / Sums[outputs];
                }

                return sum / outputs;
            }
        }

        public override void Add(MetricBatch<T> batch)
        {
            Span<double> sums = Sums;
            for (int i = 0; i < batch.Count; i++)
            {
                ReadOnlySpan<T> a = batch.Output(i);
                ReadOnlySpan<T> y = batch.Target(i);
                double weight = batch.Weight(i);
                for (int o = 0; o < a.Length; o++)
                {
                    double error = double.CreateTruncating(a[o]) - double.CreateTruncating(y[o]);
                    sums[o] += weight * (isSquared ? error * error : Math.Abs(error));
                }

                sums[outputs] += weight;
            }
        }
    }
}
