using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Predictions of a batch beside the targets, for a metric: m examples with their outputs, their labels or rows of targets and, where the
/// examples have them, weights. Nothing is copied.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct MetricBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride;

    internal MetricBatch(
        ReadOnlySpan<T> outputs, int outputSize, int stride, int count, ReadOnlySpan<T> targets, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights)
    {
        Outputs = outputs;
        OutputSize = outputSize;
        _stride = stride;
        Count = count;
        Targets = targets;
        TargetSize = count == 0 ? 0 : targets.Length / count;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>m.</summary>
    public int Count { get; }

    /// <summary>Numbers in the prediction of one example.</summary>
    public int OutputSize { get; }

    /// <summary>Numbers in a target; 0 if the targets are labels.</summary>
    public int TargetSize { get; }

    /// <summary>True if the targets are labels.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>True if the outputs lie in memory as the targets do, without gaps.</summary>
    internal bool IsFlat => _stride == OutputSize;

    /// <summary>The outputs as they lie in memory, a row for each example, perhaps with gaps between them.</summary>
    internal ReadOnlySpan<T> Outputs { get; }

    /// <summary>m rows of targets; empty with labels.</summary>
    internal ReadOnlySpan<T> Targets { get; }

    /// <summary>m labels; empty with rows of targets.</summary>
    internal ReadOnlySpan<int> Labels { get; }

    /// <summary>m weights; empty if every example counts the same.</summary>
    internal ReadOnlySpan<T> Weights { get; }

    /// <summary>The same batch with some of its outputs.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    internal MetricBatch<T> OnOutputs(int first, int count) => new(Outputs[first..], count, _stride, Count, Targets, Labels, Weights);

    /// <summary>The outputs of one example.</summary>
    /// <param name="example">0 to m − 1.</param>
    public ReadOnlySpan<T> Output(int example) => Outputs.Slice(example * _stride, OutputSize);

    /// <summary>The target of one example; empty if the targets are labels.</summary>
    /// <param name="example">0 to m − 1.</param>
    public ReadOnlySpan<T> Target(int example) => Targets.Slice(example * TargetSize, TargetSize);

    /// <summary>The class of one example: its label, or the place of its target's largest number.</summary>
    /// <param name="example">0 to m − 1.</param>
    public int Label(int example) => HasLabels ? Labels[example] : Decisions.Largest(Target(example));

    /// <summary>How much one example counts; 1 unless the examples have weights.</summary>
    /// <param name="example">0 to m − 1.</param>
    public double Weight(int example) => Weights.IsEmpty ? 1 : double.CreateTruncating(Weights[example]);
}

/// <summary>Makes batches for metrics from a loop of your own.</summary>
public static class MetricBatch
{
    /// <summary>Predictions with rows of targets.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">m × outputSize numbers, one example after the other.</param>
    /// <param name="outputSize">Numbers in a prediction, at least 1.</param>
    /// <param name="targets">m × targetSize numbers.</param>
    /// <param name="targetSize">Numbers in a target, at least 1.</param>
    /// <param name="weights">m weights, not negative; empty if every example counts the same.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static MetricBatch<T> FromRows<T>(
        ReadOnlySpan<T> outputs, int outputSize, ReadOnlySpan<T> targets, int targetSize, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        int count = Examples(outputs.Length, outputSize);
        Require((long)count * targetSize, targets.Length, $"numbers of targets, {targetSize} for each of {count} examples", nameof(targets));
        RequireWeights(count, weights.Length);
        return new MetricBatch<T>(outputs, outputSize, outputSize, count, targets, default, weights);
    }

    /// <summary>Predictions with class labels.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">m × outputSize numbers, one example after the other.</param>
    /// <param name="outputSize">Numbers in a prediction, at least 1.</param>
    /// <param name="labels">m classes, 0 to outputSize − 1.</param>
    /// <param name="weights">m weights, not negative; empty if every example counts the same.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is no class.</exception>
    public static MetricBatch<T> FromLabels<T>(
        ReadOnlySpan<T> outputs, int outputSize, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = Examples(outputs.Length, outputSize);
        Require(count, labels.Length, $"labels, one for each of {count} examples", nameof(labels));
        RequireWeights(count, weights.Length);
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)outputSize)
            {
                throw new ArgumentException($"MetricBatch: labels go from 0 to {outputSize - 1}, but there is a {label}.", nameof(labels));
            }
        }

        return new MetricBatch<T>(outputs, outputSize, outputSize, count, default, labels, weights);
    }

    private static int Examples(int length, int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        return length % outputSize == 0
            ? length / outputSize
            : throw new ArgumentException($"MetricBatch: expected outputs of {outputSize} numbers each, but there are {length} numbers.");
    }

    private static void RequireWeights(int count, int weights)
    {
        if (weights != 0)
        {
            Require(count, weights, $"weights, one for each of {count} examples", nameof(weights));
        }
    }

    private static void Require(long expected, int length, string what, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"MetricBatch: expected {expected} {what}, but there are {length}.", name);
        }
    }
}
