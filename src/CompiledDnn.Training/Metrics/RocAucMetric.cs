using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// The area under the ROC curve, exactly. It remembers all outputs and targets: a double for each output, target and weight.
/// </summary>
internal sealed class RocAucMetric : Metric
{
    /// <inheritdoc/>
    public override string Name => "roc_auc";

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) => MetricComplaints.UnlessClassification(shape);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>(shape);

    // An entry of the list: the weight, the label or the targets, the outputs.
    private sealed class Accumulator<T>(MetricShape shape)
        : MetricAccumulator<T>(sums: 0, perEntry: 1 + (shape.IsMultiClass ? 1 : shape.OutputSize) + shape.OutputSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _targets = shape.IsMultiClass ? 1 : shape.OutputSize;
        private readonly RocCurve _curve = new();

        public override double Value
        {
            get
            {
                double sum = 0;
                int curves = 0;
                for (int c = 0; c < shape.OutputSize; c++)
                {
                    double area = Area(c);
                    if (!double.IsNaN(area))
                    {
                        sum += area;
                        curves++;
                    }
                }

                return sum / curves;
            }
        }

        public override void Add(MetricBatch<T> batch)
        {
            Span<double> entries = Append(batch.Count);
            int size = 1 + _targets + shape.OutputSize;
            for (int i = 0; i < batch.Count; i++)
            {
                Span<double> entry = entries.Slice(i * size, size);
                entry[0] = batch.Weight(i);
                if (shape.IsMultiClass)
                {
                    entry[1] = batch.Label(i);
                }
                else
                {
                    Widen(batch.Target(i), entry[1..]);
                }

                Widen(batch.Output(i), entry[(1 + _targets)..]);
            }
        }

        // One class against all others, or one output.
        private double Area(int c)
        {
            ReadOnlySpan<double> entries = Entries;
            int size = 1 + _targets + shape.OutputSize;
            _curve.Begin(entries.Length / size);
            for (int at = 0; at < entries.Length; at += size)
            {
                bool isPositive = shape.IsMultiClass ? entries[at + 1] == c : entries[at + 1 + c] > 0.5;
                _curve.Add(entries[at + 1 + _targets + c], isPositive, entries[at]);
            }

            return _curve.Area();
        }

        private static void Widen(ReadOnlySpan<T> numbers, Span<double> destination)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                destination[i] = double.CreateTruncating(numbers[i]);
            }
        }
    }
}
