using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Counts, for each class, the examples that are of it, those predicted to be of it, and those of which both is true. What
/// has no decision is of a class, but predicted to be of none.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="shape">Outputs and targets.</param>
/// <param name="threshold">Where a probability begins to mean yes.</param>
/// <param name="score">What the counts of all classes come to.</param>
internal sealed class ClassCounts<T>(MetricShape shape, T threshold, ClassScore score) : MetricAccumulator<T>(3 * shape.Classes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _classes = shape.Classes;

    /// <inheritdoc/>
    public override double Value => score.Of(Sums[.._classes], Sums.Slice(_classes, _classes), Sums[(2 * _classes)..], shape);

    /// <inheritdoc/>
    public override void Add(MetricBatch<T> batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            double weight = batch.Weight(i);
            if (shape.IsMultiClass)
            {
                Count(Decisions.Largest(batch.Output(i)), batch.Label(i), weight);
            }
            else if (shape.IsBinary)
            {
                Count(Decisions.Side(batch.Output(i)[0], threshold), TrueSide(batch.Target(i)[0]), weight);
            }
            else
            {
                CountOutputs(batch.Output(i), batch.Target(i), weight);
            }
        }
    }

    private static int TrueSide(T target) => Decisions.Side(target, T.CreateTruncating(0.5));

    private void Count(int predicted, int actual, double weight)
    {
        Span<double> sums = Sums;
        if (predicted == actual && actual != Decisions.None)
        {
            sums[actual] += weight;
        }

        if (predicted != Decisions.None)
        {
            sums[_classes + predicted] += weight;
        }

        if (actual != Decisions.None)
        {
            sums[(2 * _classes) + actual] += weight;
        }
    }

    private void CountOutputs(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, double weight)
    {
        Span<double> sums = Sums;
        for (int c = 0; c < outputs.Length; c++)
        {
            bool predicted = Decisions.Side(outputs[c], threshold) == 1;
            bool actual = TrueSide(targets[c]) == 1;
            sums[c] += predicted && actual ? weight : 0;
            sums[_classes + c] += predicted ? weight : 0;
            sums[(2 * _classes) + c] += actual ? weight : 0;
        }
    }
}
