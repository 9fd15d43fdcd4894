using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>
/// The batches of a training, epoch after epoch. Where they come from makes no difference to what they are: the same source, seed and
/// batch size give the same batches in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class BatchFeed<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Copying a smaller batch takes less time than handing it over.
    private const int SmallBatchBytes = 128 * 1024;

    /// <summary>Chooses how to feed a training.</summary>
    /// <param name="source">The examples.</param>
    /// <param name="batchSize">The most examples of a batch, at least 1 and no more than there are.</param>
    /// <param name="shuffle">True for another order in each epoch. Examples that all fit in one batch stay as they are.</param>
    /// <param name="seed">Which orders.</param>
    /// <param name="cancellation">Ends a wait for a batch that does not come.</param>
    public static BatchFeed<T> Create(IDataSource<T> source, int batchSize, bool shuffle, int seed, CancellationToken cancellation = default)
    {
        shuffle &= source.Count is not { } count || count > batchSize;
        var (data, examples) = source switch
        {
            Dataset<T> all => (all, null),
            DataSubset<T> { Source: Dataset<T> all } subset => (all, subset),
            _ => (null, null),
        };
        if (data is not null && examples is null && !shuffle)
        {
            return new SlicedFeed<T>(data, batchSize);
        }

        return data is not null && BytesOf(source, batchSize) <= SmallBatchBytes
            ? new GatheredFeed<T>(data, examples, batchSize, shuffle, seed)
            : new PreparedFeed<T>(source, batchSize, shuffle, seed, cancellation);
    }

    /// <summary>Begins an epoch. One that is under way is given up.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="firstExample">How many examples of the epoch's order to leave out, to go on where training was interrupted.</param>
    public abstract void BeginEpoch(int epoch, long firstExample);

    /// <summary>The next batch of the epoch.</summary>
    /// <param name="batch">The batch; overwritten by the next call.</param>
    /// <returns>False if the epoch has no more, or if the wait for a batch was cancelled.</returns>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    public abstract bool TryNext(out Batch<T> batch);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The bytes of a full batch.</summary>
    protected static long BytesOf(IDataSource<T> source, int batchSize) =>
        (long)batchSize * (((long)source.InputSize + source.TargetSize + (source.HasWeights ? 1 : 0)) * Unsafe.SizeOf<T>() + (source.TargetSize == 0 ? sizeof(int) : 0));
}
