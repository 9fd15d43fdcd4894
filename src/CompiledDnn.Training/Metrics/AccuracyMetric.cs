using System.Numerics;

namespace CompiledDnn;

/// <summary>The share of right decisions. Independent outputs decide one by one.</summary>
/// <param name="threshold">Where a probability begins to mean yes.</param>
internal sealed class AccuracyMetric(double threshold) : Metric
{
    /// <inheritdoc/>
    public override string Name => $"accuracy{Suffix(threshold)}";

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) => MetricComplaints.UnlessClassification(shape);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) =>
        shape.IsMultiClass ? new OfClasses<T>() : new OfSides<T>(T.CreateTruncating(threshold));

    private abstract class Accumulator<T>() : MetricAccumulator<T>(sums: 2)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Value => Sums[0] / Sums[1];

        protected void Count(double right, double decisions)
        {
            Sums[0] += right;
            Sums[1] += decisions;
        }
    }

    private sealed class OfClasses<T> : Accumulator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Add(MetricBatch<T> batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                double weight = batch.Weight(i);
                Count(Decisions.Largest(batch.Output(i)) == batch.Label(i) ? weight : 0, weight);
            }
        }
    }

    private sealed class OfSides<T>(T threshold) : Accumulator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Add(MetricBatch<T> batch)
        {
            if (batch.IsFlat && batch.Weights.IsEmpty)
            {
                Count(Decisions.SameSides(batch.Outputs[..batch.Targets.Length], batch.Targets, threshold), batch.Targets.Length);
                return;
            }

            for (int i = 0; i < batch.Count; i++)
            {
                double weight = batch.Weight(i);
                Count(weight * Decisions.SameSides(batch.Output(i), batch.Target(i), threshold), weight * batch.OutputSize);
            }
        }
    }
}
