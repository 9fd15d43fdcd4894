using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Examples with their targets: a view that copies nothing and never changes. The targets are rows of numbers or class labels.
/// Make one with <see cref="Dataset.FromRows{T}(T[], int, T[], int)"/> or <see cref="Dataset.FromLabels{T}(T[], int, int[])"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The memory may be any that a <see cref="ReadOnlyMemory{T}"/> can stand for, a mapped file too.</remarks>
public sealed class Dataset<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Dataset(ReadOnlyMemory<T> x, int inputSize, ReadOnlyMemory<T> y, int targetSize, ReadOnlyMemory<int> labels, bool hasLabels)
    {
        X = x;
        InputSize = inputSize;
        Y = y;
        TargetSize = targetSize;
        Labels = labels;
        HasLabels = hasLabels;
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

    /// <summary>The number of examples.</summary>
    public int Count { get; }

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
            HasLabels);
    }

    /// <summary>Shuffles the examples and parts them in two. Both parts are copies.</summary>
    /// <param name="heldOutFraction">The share of the examples to hold out, between 0 and 1; their number is rounded.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same parts on every machine.</param>
    /// <returns>The part to train with and the part held out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">One part would be empty.</exception>
    public (Dataset<T> Train, Dataset<T> HeldOut) Split(double heldOutFraction, int seed)
    {
        if (!(heldOutFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOutFraction), heldOutFraction, $"Dataset.Split: the share to hold out is more than 0 and less than 1, but it is {heldOutFraction}.");
        }

        int heldOut = (int)Math.Round(Count * heldOutFraction);
        if (heldOut == 0 || heldOut == Count)
        {
            throw new InvalidOperationException(
                $"Dataset.Split: of {Count} examples, {heldOut} would be held out and {Count - heldOut} left to train with; both parts need at least one.");
        }

        return Split(heldOut, seed);
    }

    /// <summary>Shuffles the examples and parts them in two. Both parts are copies.</summary>
    /// <param name="heldOut">The number of examples to hold out, at least 1 and less than all.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same parts on every machine.</param>
    /// <returns>The part to train with and the part held out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One part would be empty.</exception>
    public (Dataset<T> Train, Dataset<T> HeldOut) Split(int heldOut, int seed)
    {
        if (heldOut < 1 || heldOut >= Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOut),
                heldOut,
                $"Dataset.Split: of {Count} examples, at least one is held out and at least one left to train with, but {heldOut} would be held out.");
        }

        ReadOnlySpan<int> order = new Shuffler(Count, seed).Shuffle(epoch: 0);
        return (Copy(order[heldOut..]), Copy(order[..heldOut]));
    }

    /// <summary>A range of the examples for the steps of a network, without a copy.</summary>
    internal Batch<T> Batch(int start, int count) => new(
        X.Span.Slice(start * InputSize, count * InputSize),
        HasLabels ? default : Y.Span.Slice(start * TargetSize, count * TargetSize),
        HasLabels ? Labels.Span.Slice(start, count) : default,
        count);

    private Dataset<T> Copy(ReadOnlySpan<int> order)
    {
        Batch<T> rows = new BatchBuffer<T>(this, order.Length).Gather(order);
        return new Dataset<T>(rows.X.ToArray(), InputSize, rows.Y.ToArray(), TargetSize, rows.Labels.ToArray(), HasLabels);
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
