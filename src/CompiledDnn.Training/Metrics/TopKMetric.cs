using System.Numerics;

namespace CompiledDnn;

/// <summary>The share of the examples whose class is among the k largest outputs; of equal outputs the first counts as larger.</summary>
/// <param name="k">How many.</param>
internal sealed class TopKMetric(int k) : Metric
{
    /// <inheritdoc/>
    public override string Name => $"top_{k}_accuracy";

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) =>
        MetricComplaints.UnlessClassification(shape)
        ?? (!shape.IsMultiClass ? "is for several classes, but the outputs are probabilities of yes or no"
            : k > shape.OutputSize ? $"looks among the {k} largest outputs, but there are {shape.OutputSize}"
            : null);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>(k);

    private sealed class Accumulator<T>(int k) : MetricAccumulator<T>(sums: 2)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Value => Sums[0] / Sums[1];

        public override void Add(MetricBatch<T> batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                double weight = batch.Weight(i);
                Sums[0] += Place(batch.Output(i), batch.Label(i)) < k ? weight : 0;
                Sums[1] += weight;
            }
        }

        // How many outputs come before that of the class; all of them if one is not a number.
        private static int Place(ReadOnlySpan<T> outputs, int label)
        {
            if ((uint)label >= (uint)outputs.Length)
            {
                return outputs.Length;
            }

            int place = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                if (T.IsNaN(outputs[i]))
                {
                    return outputs.Length;
                }

                place += outputs[i] > outputs[label] || (outputs[i] == outputs[label] && i < label) ? 1 : 0;
            }

            return place;
        }
    }
}
