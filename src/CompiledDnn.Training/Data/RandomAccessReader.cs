using System.Numerics;

namespace CompiledDnn;

/// <summary>Reads a random-access source in the source's own order or shuffled. One reader serves any number of epochs, one after the other.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="source">The source.</param>
internal sealed class RandomAccessReader<T>(IRandomAccessSource<T> source) : IDataReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long _count = source.Count;
    private long[] _examples = [];
    private Shuffler? _shuffler;
    private EpochRequest _request;
    private long _at;

    /// <summary>Begins an epoch, whatever was read before.</summary>
    /// <exception cref="NotSupportedException">There are more examples than can be shuffled.</exception>
    public void Begin(EpochRequest request)
    {
        _request = request;
        _at = request.FirstExample;
        if (!request.Shuffle)
        {
            return;
        }

        if (_count > Array.MaxLength)
        {
            throw new NotSupportedException($"{source} has {_count} examples; at most {Array.MaxLength} can be shuffled: set Shuffle to false.");
        }

        if (_shuffler is null || _shuffler.Seed != request.Seed)
        {
            _shuffler = new Shuffler((int)_count, request.Seed);
        }

        _shuffler.Shuffle(request.Epoch);
    }

    /// <inheritdoc/>
    public bool Read(BatchBuffer<T> batch)
    {
        int m = (int)Math.Min(batch.Room, _count - _at);
        if (m <= 0)
        {
            return false;
        }

        if (_examples.Length < m)
        {
            _examples = new long[m];
        }

        Span<long> examples = _examples.AsSpan(0, m);
        ReadOnlySpan<int> order = _request.Shuffle ? _shuffler!.Order.Slice((int)_at, m) : default;
        for (int i = 0; i < examples.Length; i++)
        {
            examples[i] = order.IsEmpty ? _at + i : order[i];
        }

        int before = batch.Count;
        source.CopyExamples(examples, batch);
        if (batch.Count != before + m)
        {
            throw new InvalidOperationException($"CopyExamples was asked for {m} examples, but added {batch.Count - before}.");
        }

        _at += m;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
