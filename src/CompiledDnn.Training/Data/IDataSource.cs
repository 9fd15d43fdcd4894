using System.Numerics;

namespace CompiledDnn;

/// <summary>Where examples come from, batch after batch: arrays, a mapped file, a sequence, or a type of your own.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// For a source of your own, <see cref="IRandomAccessSource{T}"/> or <see cref="ISequentialSource{T}"/> leaves the least to write.
/// Training reads a source on a thread of its own, one call at a time, while the network is trained on the batch before.
/// <see cref="object.ToString"/> is the source's name in messages.
/// </remarks>
public interface IDataSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers in an example, at least 1. It never changes.</summary>
    int InputSize { get; }

    /// <summary>Numbers in a target; 0 if the targets are class labels. It never changes.</summary>
    int TargetSize { get; }

    /// <summary>True if every example has a weight. It never changes.</summary>
    bool HasWeights => false;

    /// <summary>The examples of an epoch, the same for every epoch; null if that is not known before they were read.</summary>
    long? Count { get; }

    /// <summary>Begins an epoch. Several epochs may be open at once.</summary>
    /// <param name="request">Which epoch, in which order, and from where on.</param>
    IDataReader<T> Open(EpochRequest request);
}

/// <summary>Reads the examples of one epoch. Used by one thread at a time.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IDataReader<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds the next examples to a batch: at least one, at most as many as there is <see cref="BatchBuffer{T}.Room"/> for.</summary>
    /// <param name="batch">The batch, which has room.</param>
    /// <returns>False, and nothing added, if the epoch has no more examples.</returns>
    bool Read(BatchBuffer<T> batch);
}

/// <summary>Which epoch to read, in which order, and from where on. The same request always gives the same examples in the same order.</summary>
/// <param name="Epoch">The epoch, counted from 1; 0 outside of training.</param>
/// <param name="Seed">Which orders: the same seed and epoch give the same one on every machine.</param>
/// <param name="Shuffle">True for another order in each epoch, false for the source's own.</param>
/// <param name="BatchSize">The most examples of a batch, at least 1.</param>
/// <param name="FirstExample">How many examples, in the epoch's order, to leave out at its beginning, to go on where training was interrupted.</param>
public readonly record struct EpochRequest(int Epoch, int Seed, bool Shuffle, int BatchSize, long FirstExample = 0);
