using System.Numerics;

namespace CompiledDnn;

/// <summary>Feeds small batches of examples in memory in any order: each is copied together when it is asked for.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class GatheredFeed<T> : BatchFeed<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dataset<T> _data;
    private readonly DataSubset<T>? _subset;
    private readonly BatchBuffer<T> _buffer;
    private readonly Shuffler? _shuffler;
    private readonly int[] _order;
    private int _at;

    public GatheredFeed(Dataset<T> data, DataSubset<T>? subset, int batchSize, bool shuffle, int seed)
    {
        _data = data;
        _subset = subset;
        int count = subset?.Count ?? data.Count;
        _buffer = new BatchBuffer<T>(batchSize, data.InputSize, data.TargetSize, data.HasWeights);
        _shuffler = shuffle ? new Shuffler(count, seed) : null;
        _order = subset is null ? [] : new int[count];
        _at = count;
    }

    private ReadOnlySpan<int> Order => _subset is null ? _shuffler!.Order : _order;

    public override void BeginEpoch(int epoch, long firstExample)
    {
        ReadOnlySpan<int> shuffled = _shuffler is null ? default : _shuffler.Shuffle(epoch);
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = _subset!.Examples[shuffled.IsEmpty ? i : shuffled[i]];
        }

        _at = (int)Math.Min(firstExample, Order.Length);
    }

    public override bool TryNext(out Batch<T> batch)
    {
        ReadOnlySpan<int> order = Order;
        int m = Math.Min(_buffer.Capacity, order.Length - _at);
        if (m == 0)
        {
            batch = default;
            return false;
        }

        batch = _data.Gather(order.Slice(_at, m), _buffer);
        _at += m;
        return true;
    }

    public override void Dispose()
    {
    }
}
