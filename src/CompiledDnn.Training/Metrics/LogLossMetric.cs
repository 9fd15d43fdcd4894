using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// The mean of −log of the probability given to what is true. Probabilities are kept a rounding error of their type away from 0 and 1. Of
/// independent outputs it is the mean, too, where the cost J is the sum.
/// </summary>
internal sealed class LogLossMetric : Metric
{
    /// <inheritdoc/>
    public override string Name => "log_loss";

    /// <inheritdoc/>
    public override bool LargerIsBetter => false;

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) => MetricComplaints.UnlessClassification(shape);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>(shape);

    private sealed class Accumulator<T>(MetricShape shape) : MetricAccumulator<T>(sums: 2)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The difference of 1 and the next number above it, NumPy's eps.
        private static readonly double s_least = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

        public override double Value => Sums[0] / Sums[1];

        public override void Add(MetricBatch<T> batch)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                ReadOnlySpan<T> outputs = batch.Output(i);
                double loss =
                    batch.HasLabels ? -Math.Log(Probability(outputs[batch.Label(i)]))
                    : shape.IsMultiClass ? OfClasses(outputs, batch.Target(i))
                    : OfSides(outputs, batch.Target(i)) / outputs.Length;
                double weight = batch.Weight(i);
                Sums[0] += weight * loss;
                Sums[1] += weight;
            }
        }

        // −Σ y log a
        private static double OfClasses(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        {
            double loss = 0;
            for (int c = 0; c < outputs.Length; c++)
            {
                loss -= double.CreateTruncating(targets[c]) * Math.Log(Probability(outputs[c]));
            }

            return loss;
        }

        // −Σ y log a + (1 − y) log(1 − a)
        private static double OfSides(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        {
            double loss = 0;
            for (int o = 0; o < outputs.Length; o++)
            {
                double y = double.CreateTruncating(targets[o]);
                double a = Probability(outputs[o]);
                loss -= (y * Math.Log(a)) + ((1 - y) * Math.Log(1 - a));
            }

            return loss;
        }

        private static double Probability(T output) => Math.Clamp(double.CreateTruncating(output), s_least, 1 - s_least);
    }
}
