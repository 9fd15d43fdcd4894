using System.Numerics;

namespace CompiledDnn;

/// <summary>A source that can only be read from its beginning on: a stream, a query, a generator.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// To go on in the middle of an epoch, the examples before are read and thrown away. <see cref="Dataset.FromEnumerable{T}(IEnumerable{Example{T}}, int, int, int, long?)"/>
/// makes one of a sequence.
/// </remarks>
public interface ISequentialSource<T> : IDataSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    long? IDataSource<T>.Count => null;

    /// <summary>
    /// How many examples wait in memory to be drawn at random where an epoch is to be shuffled: the more, the better they are mixed. 0, the
    /// default: they come in order.
    /// </summary>
    int ShuffleBuffer => 0;

    /// <summary>The examples of an epoch. The memory of an example must keep its contents until the next one is asked for.</summary>
    /// <param name="epoch">The epoch, counted from 1. The same epoch must give the same examples, or training cannot go on where it was interrupted.</param>
    IEnumerable<Example<T>> Examples(int epoch);

    /// <inheritdoc/>
    IDataReader<T> IDataSource<T>.Open(EpochRequest request) => new SequentialReader<T>(this, request);
}

/// <summary>One example with its target, and what it weighs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly record struct Example<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>An example whose target is a row of numbers.</summary>
    /// <param name="x">InputSize numbers.</param>
    /// <param name="y">TargetSize numbers.</param>
    public Example(ReadOnlyMemory<T> x, ReadOnlyMemory<T> y)
    {
        X = x;
        Y = y;
    }

    /// <summary>An example whose target is a class label.</summary>
    /// <param name="x">InputSize numbers.</param>
    /// <param name="label">The class, counted from 0.</param>
    public Example(ReadOnlyMemory<T> x, int label)
    {
        X = x;
        Label = label;
    }

    /// <summary>The inputs.</summary>
    public ReadOnlyMemory<T> X { get; init; }

    /// <summary>The target; empty if it is a label.</summary>
    public ReadOnlyMemory<T> Y { get; init; }

    /// <summary>The class; null if the target is a row of numbers.</summary>
    public int? Label { get; init; }

    /// <summary>What the example weighs, where the source has weights; 1 if nothing is said.</summary>
    public T Weight { get; init; } = T.One;
}
