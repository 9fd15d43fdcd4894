using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Reads a sequence, in order or through a buffer from which the next example is drawn at random. The draws follow from seed and epoch
/// alone, so an epoch can be begun again and read up to any place.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class SequentialReader<T> : IDataReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IEnumerator<Example<T>> _examples;
    private readonly BatchBuffer<T>? _waiting;
    private SplitMix64 _random;
    private long _skip;

    public SequentialReader(ISequentialSource<T> source, EpochRequest request)
    {
        if (request.Shuffle && source.ShuffleBuffer > 1)
        {
            _waiting = new BatchBuffer<T>(source.ShuffleBuffer, source.InputSize, source.TargetSize, source.HasWeights);
            _random = new SplitMix64(request.Seed, request.Epoch);
        }

        _skip = request.FirstExample;
        _examples = source.Examples(request.Epoch).GetEnumerator();
    }

    /// <inheritdoc/>
    public bool Read(BatchBuffer<T> batch)
    {
        while (_skip > 0)
        {
            _skip--;
            if (!(_waiting is null ? _examples.MoveNext() : Draw(null)))
            {
                return false;
            }
        }

        int before = batch.Count;
        while (batch.Room > 0 && (_waiting is null ? Next(batch) : Draw(batch)))
        {
        }

        return batch.Count > before;
    }

    /// <inheritdoc/>
    public void Dispose() => _examples.Dispose();

    private bool Next(BatchBuffer<T> batch)
    {
        if (!_examples.MoveNext())
        {
            return false;
        }

        batch.Add(_examples.Current);
        return true;
    }

    // Moves one of those that wait, any of them equally likely, to the batch, or nowhere; the last of them takes its place.
    private bool Draw(BatchBuffer<T>? batch)
    {
        while (_waiting!.Room > 0 && Next(_waiting))
        {
        }

        if (_waiting.Count == 0)
        {
            return false;
        }

        _waiting.MoveTo(batch, _random.NextBelow(_waiting.Count));
        return true;
    }
}
