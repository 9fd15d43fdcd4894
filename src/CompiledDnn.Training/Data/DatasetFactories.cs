using System.Numerics;

namespace CompiledDnn;

/// <summary>Makes data sets from what holds the numbers. Nothing is copied: the memory must keep its contents.</summary>
public static partial class Dataset
{
    /// <summary>Examples whose targets are rows of numbers.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Count × inputSize numbers, one example after the other.</param>
    /// <param name="inputSize">Numbers in an example, at least 1.</param>
    /// <param name="y">Count × targetSize numbers, one target after the other.</param>
    /// <param name="targetSize">Numbers in a target, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length is no whole number of rows, or there are not as many targets as examples.</exception>
    public static Dataset<T> FromRows<T>(ReadOnlyMemory<T> x, int inputSize, ReadOnlyMemory<T> y, int targetSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int examples = Rows(x.Length, inputSize, nameof(inputSize), nameof(x), "examples");
        int targets = Rows(y.Length, targetSize, nameof(targetSize), nameof(y), "targets");
        RequireOneEach(examples, targets, "targets", nameof(y));
        return new Dataset<T>(x, inputSize, y, targetSize, default, hasLabels: false);
    }

    /// <inheritdoc cref="FromRows{T}(ReadOnlyMemory{T}, int, ReadOnlyMemory{T}, int)"/>
    public static Dataset<T> FromRows<T>(T[] x, int inputSize, T[] y, int targetSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return FromRows(new ReadOnlyMemory<T>(x), inputSize, new ReadOnlyMemory<T>(y), targetSize);
    }

    /// <summary>Examples whose targets are class labels, counted from 0.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Count × inputSize numbers, one example after the other.</param>
    /// <param name="inputSize">Numbers in an example, at least 1.</param>
    /// <param name="labels">One label for each example.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length is no whole number of rows, or there are not as many labels as examples.</exception>
    public static Dataset<T> FromLabels<T>(ReadOnlyMemory<T> x, int inputSize, ReadOnlyMemory<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int examples = Rows(x.Length, inputSize, nameof(inputSize), nameof(x), "examples");
        RequireOneEach(examples, labels.Length, "labels", nameof(labels));
        return new Dataset<T>(x, inputSize, default, 0, labels, hasLabels: true);
    }

    /// <inheritdoc cref="FromLabels{T}(ReadOnlyMemory{T}, int, ReadOnlyMemory{int})"/>
    public static Dataset<T> FromLabels<T>(T[] x, int inputSize, int[] labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(labels);
        return FromLabels(new ReadOnlyMemory<T>(x), inputSize, new ReadOnlyMemory<int>(labels));
    }

    /// <summary>A copy of a batch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="batch">The batch.</param>
    /// <param name="shape">The network that it is for.</param>
    internal static Dataset<T> Copy<T>(Batch<T> batch, NetworkShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            batch.X.ToArray(),
            shape.InputSize,
            batch.Y.ToArray(),
            batch.HasLabels ? 0 : shape.TargetSize,
            batch.Labels.ToArray(),
            batch.HasLabels,
            batch.Weights.ToArray(),
            batch.HasWeights);

    private static int Rows(int length, int size, string sizeName, string name, string what)
    {
        if (size < 1)
        {
            throw new ArgumentOutOfRangeException(sizeName, size, $"Dataset: {sizeName} is at least 1, but it is {size}.");
        }

        return length % size == 0
            ? length / size
            : throw new ArgumentException($"Dataset: expected {what} of {size} numbers each, but {name} has {length} numbers.", name);
    }

    private static void RequireOneEach(long examples, long targets, string what, string name)
    {
        if (targets != examples)
        {
            throw new ArgumentException($"Dataset: expected {examples} {what}, one for each example of x, but {name} has {targets}.", name);
        }
    }
}
