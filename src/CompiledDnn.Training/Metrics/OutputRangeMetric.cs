using System.Numerics;

namespace CompiledDnn;

/// <summary>A metric of some of the outputs.</summary>
/// <param name="metric">The metric.</param>
/// <param name="first">The first of the outputs.</param>
/// <param name="count">How many.</param>
internal sealed class OutputRangeMetric(Metric metric, int first, int count) : Metric
{
    /// <inheritdoc/>
    public override string Name => metric.Name;

    /// <inheritdoc/>
    public override bool LargerIsBetter => metric.LargerIsBetter;

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) =>
        first > shape.OutputSize - count
            ? $"is of {count} outputs from {first} on, but there are {shape.OutputSize}, counted from 0"
            : metric.Complaint(shape with { OutputSize = count });

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) =>
        new Accumulator<T>(metric.CreateAccumulator<T>(shape with { OutputSize = count }), first, count);

    private sealed class Accumulator<T>(MetricAccumulator<T> inner, int first, int count) : MetricAccumulator<T>(sums: 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Value => inner.Value;

        public override ReadOnlySpan<double> State => inner.State;

        public override void Add(MetricBatch<T> batch) => inner.Add(batch.OnOutputs(first, count));

        public override void Reset() => inner.Reset();

        public override void Restore(ReadOnlySpan<double> state) => inner.Restore(state);
    }
}
