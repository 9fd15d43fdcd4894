using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Examples with their targets: a view that copies nothing and never changes. The targets are rows of numbers or class labels.
/// Make one with <see cref="Dataset.FromRows{T}(T[], int, T[], int)"/> or <see cref="Dataset.FromLabels{T}(T[], int, int[])"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The memory may be any that a <see cref="ReadOnlyMemory{T}"/> can stand for, a mapped file too.</remarks>
public sealed partial class Dataset<T> : IRandomAccessSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Dataset(
        ReadOnlyMemory<T> x,
        int inputSize,
        ReadOnlyMemory<T> y,
        int targetSize,
        ReadOnlyMemory<int> labels,
        bool hasLabels,
        ReadOnlyMemory<T> weights = default,
        bool hasWeights = false)
    {
        X = x;
        InputSize = inputSize;
        Y = y;
        TargetSize = targetSize;
        Labels = labels;
        HasLabels = hasLabels;
        Weights = weights;
        HasWeights = hasWeights;
        Count = x.Length / inputSize;
    }

    /// <summary>The inputs: Count × InputSize numbers, one example after the other.</summary>
    public ReadOnlyMemory<T> X { get; }

    /// <summary>The targets: Count × TargetSize numbers, one target after the other; empty if the targets are labels.</summary>
    public ReadOnlyMemory<T> Y { get; }

    /// <summary>The class labels, one for each example; empty if the targets are rows.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>True if the targets are class labels.</summary>
    public bool HasLabels { get; }

    /// <summary>What the examples weigh, one number for each; empty without weights.</summary>
    public ReadOnlyMemory<T> Weights { get; }

    /// <summary>True if the examples have weights.</summary>
    public bool HasWeights { get; }

    /// <summary>The number of examples.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    long IRandomAccessSource<T>.Count => Count;

    /// <summary>Numbers in an example.</summary>
    public int InputSize { get; }

    /// <summary>Numbers in a target; 0 if the targets are labels.</summary>
    public int TargetSize { get; }

    /// <summary>The inputs of one example, InputSize numbers.</summary>
    /// <param name="example">The example, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public ReadOnlySpan<T> Row(int example)
    {
        RequireExample(example);
        return X.Span.Slice(example * InputSize, InputSize);
    }

    /// <summary>The target of one example, TargetSize numbers.</summary>
    /// <param name="example">The example, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    /// <exception cref="InvalidOperationException">The targets are labels.</exception>
    public ReadOnlySpan<T> Target(int example)
    {
        RequireExample(example);
        return HasLabels
            ? throw new InvalidOperationException("Dataset.Target: the targets of this data set are labels; use Label.")
            : Y.Span.Slice(example * TargetSize, TargetSize);
    }

    /// <summary>The class label of one example.</summary>
    /// <param name="example">The example, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    /// <exception cref="InvalidOperationException">The targets are rows.</exception>
    public int Label(int example)
    {
        RequireExample(example);
        return HasLabels
            ? Labels.Span[example]
            : throw new InvalidOperationException("Dataset.Label: the targets of this data set are rows of numbers; use Target.");
    }

    /// <summary>A range of the examples, without a copy.</summary>
    /// <param name="start">The first example, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches outside the data set.</exception>
    public Dataset<T> Slice(int start, int count)
    {
        RequireRange(start, count);
        return new Dataset<T>(
            X.Slice(start * InputSize, count * InputSize),
            InputSize,
            HasLabels ? default : Y.Slice(start * TargetSize, count * TargetSize),
            TargetSize,
            HasLabels ? Labels.Slice(start, count) : default,
            HasLabels,
            HasWeights ? Weights.Slice(start, count) : default,
            HasWeights);
    }

    /// <summary>The same examples with weights: how much each counts in the cost J = (1/m) Σ wᵢ lᵢ. Nothing is copied.</summary>
    /// <param name="weights">One weight for each example: finite, not negative, and not all zero.</param>
    /// <exception cref="ArgumentException">There are too many weights or too few, or one is wrong.</exception>
    public Dataset<T> WithWeights(ReadOnlyMemory<T> weights)
    {
        if (weights.Length != Count)
        {
            throw new ArgumentException($"Dataset.WithWeights: expected {Count} weights, one for each example, but there are {weights.Length}.", nameof(weights));
        }

        ReadOnlySpan<T> span = weights.Span;
        bool any = Count == 0;
        for (int i = 0; i < span.Length; i++)
        {
            if (!T.IsFinite(span[i]) || span[i] < T.Zero)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Dataset.WithWeights: weights are finite and not negative, but that of example {i} is {span[i]}."),
                    nameof(weights));
            }

            any |= span[i] > T.Zero;
        }

        return any
            ? new Dataset<T>(X, InputSize, Y, TargetSize, Labels, HasLabels, weights, hasWeights: true)
            : throw new ArgumentException("Dataset.WithWeights: all weights are zero; at least one example must count.", nameof(weights));
    }

    /// <inheritdoc/>
    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<int> order = stackalloc int[256];
        while (!examples.IsEmpty)
        {
            Span<int> part = order[..Math.Min(order.Length, examples.Length)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = checked((int)examples[i]);
            }

            Append(part, batch);
            examples = examples[part.Length..];
        }
    }

    /// <summary>Examples, inputs and targets: <c>Dataset of 1437 examples (64 inputs, class labels)</c>.</summary>
    public override string ToString() =>
        $"Dataset of {Count} examples ({InputSize} inputs, {(HasLabels ? "class labels" : $"{TargetSize} targets")}{(HasWeights ? ", weights" : "")})";

    /// <summary>A range of the examples for the steps of a network, without a copy.</summary>
    internal Batch<T> Batch(int start, int count) => new(
        X.Span.Slice(start * InputSize, count * InputSize),
        HasLabels ? default : Y.Span.Slice(start * TargetSize, count * TargetSize),
        HasLabels ? Labels.Span.Slice(start, count) : default,
        count,
        HasWeights ? Weights.Span.Slice(start, count) : default);

    /// <summary>Copies examples side by side.</summary>
    /// <param name="order">Which examples, at most as many as fit.</param>
    /// <param name="buffer">Memory for them; what it held is overwritten.</param>
    /// <returns>The batch; overwritten by the next call.</returns>
    internal Batch<T> Gather(ReadOnlySpan<int> order, BatchBuffer<T> buffer)
    {
        buffer.Clear();
        Append(order, buffer);
        return buffer.Batch;
    }

    private void Append(ReadOnlySpan<int> order, BatchBuffer<T> batch)
    {
        BatchRows<T> rows = batch.Append(order.Length);
        RowGather.Copy(X.Span, InputSize, order, rows.X);
        if (HasLabels)
        {
            RowGather.Copy(Labels.Span, 1, order, rows.Labels);
        }
        else
        {
            RowGather.Copy(Y.Span, TargetSize, order, rows.Y);
        }

        if (HasWeights)
        {
            RowGather.Copy(Weights.Span, 1, order, rows.Weights);
        }
    }

    private Dataset<T> Copy(ReadOnlySpan<int> order)
    {
        var rows = new BatchBuffer<T>(order.Length, InputSize, TargetSize, HasWeights);
        Append(order, rows);
        return new Dataset<T>(
            rows.X.ToArray(), InputSize, rows.Y.ToArray(), TargetSize, rows.Labels.ToArray(), HasLabels, rows.Weights.ToArray(), HasWeights);
    }

    private void RequireExample(int example)
    {
        if ((uint)example >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(example), example, $"Dataset: it has {Count} examples, counted from 0; there is no example {example}.");
        }
    }

    private void RequireRange(int start, int count)
    {
        if ((uint)start > (uint)Count || (uint)count > (uint)(Count - start))
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), start, $"Dataset.Slice: it has {Count} examples, counted from 0; {count} examples from {start} on are not all in it.");
        }
    }
}
