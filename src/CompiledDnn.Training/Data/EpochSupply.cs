using System.Numerics;

namespace CompiledDnn;

/// <summary>Reads a source batch by batch and holds it to its word: sizes that stay, batches that are full but for the last, and as many examples as it said.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="source">The source.</param>
/// <param name="batchSize">The most examples of a batch.</param>
/// <param name="shuffle">True for another order in each epoch.</param>
/// <param name="seed">Which orders.</param>
internal sealed class EpochSupply<T>(IDataSource<T> source, int batchSize, bool shuffle, int seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int Inputs, int Targets, bool Weights, long? Count) _promise = Promise(source);

    // Kept from epoch to epoch, with the memory for the order of the examples.
    private RandomAccessReader<T>? _own;
    private IDataReader<T>? _reader;
    private int _epoch;
    private long _first;
    private long _read;

    /// <summary>Memory for a batch of this source.</summary>
    public BatchBuffer<T> CreateBuffer() => new(batchSize, _promise.Inputs, _promise.Targets, _promise.Weights);

    /// <summary>Begins an epoch.</summary>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    public void Begin(int epoch, long firstExample)
    {
        _epoch = epoch;
        _first = firstExample;
        _read = 0;
        try
        {
            if (Promise(source) != _promise)
            {
                throw Failed($"the source changed: it had {Text(_promise)}, and now has {Text(Promise(source))}");
            }

            var request = new EpochRequest(epoch, seed, shuffle, batchSize, firstExample);
            if (source is IRandomAccessSource<T> examples)
            {
                _own ??= new RandomAccessReader<T>(examples);
                _own.Begin(request);
                _reader = _own;
            }
            else
            {
                _reader = source.Open(request);
            }
        }
        catch (Exception error) when (error is not TrainingDataException)
        {
            throw Failed($"the source could not be opened: {error.Message}", error);
        }
    }

    /// <summary>Reads the next batch.</summary>
    /// <param name="batch">Memory for it.</param>
    /// <returns>False if the epoch has no more.</returns>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    public bool Fill(BatchBuffer<T> batch)
    {
        batch.Clear();
        bool more = true;
        while (more && batch.Room > 0)
        {
            int before = batch.Count;
            try
            {
                more = _reader!.Read(batch);
            }
            catch (Exception error)
            {
                _read += batch.Count;
                throw Failed(error.Message, error);
            }

            if (more != batch.Count > before)
            {
                _read += batch.Count;
                throw Failed(more ? "Read said that it had added an example, but it had not" : "Read said that there are no more examples, but it added some");
            }
        }

        _read += batch.Count;
        RequireCount(more);
        return batch.Count > 0;
    }

    /// <summary>Ends the epoch.</summary>
    public void Close()
    {
        IDataReader<T>? reader = _reader;
        _reader = null;
        reader?.Dispose();
    }

    private void RequireCount(bool more)
    {
        if (_promise.Count is { } count)
        {
            if (_first + _read > count)
            {
                throw Failed($"the source said that it has {count} examples, but gave more");
            }

            if (!more && _first + _read < count)
            {
                throw Failed($"the source said that it has {count} examples, but ended early");
            }
        }
        else if (!more && _first + _read == 0)
        {
            throw Failed("the source gave no examples; a sequence must be one that can be enumerated for every epoch");
        }
    }

    private static (int Inputs, int Targets, bool Weights, long? Count) Promise(IDataSource<T> source) =>
        (source.InputSize, source.TargetSize, source.HasWeights, source.Count);

    private static string Text((int Inputs, int Targets, bool Weights, long? Count) promise) =>
        $"{(promise.Count is { } count ? $"{count} examples" : "examples")} of {promise.Inputs} inputs and {(promise.Targets == 0 ? "a label" : $"{promise.Targets} targets")}{(promise.Weights ? " with weights" : "")}";

    private TrainingDataException Failed(string what, Exception? error = null) =>
        new(source.ToString() ?? source.GetType().Name, _epoch, _first + _read, what, error);
}
