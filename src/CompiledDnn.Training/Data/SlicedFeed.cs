using System.Numerics;

namespace CompiledDnn;

/// <summary>Feeds a data set in its own order: each batch is a range of it, and nothing is copied.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="data">The data set.</param>
/// <param name="batchSize">The most examples of a batch.</param>
internal sealed class SlicedFeed<T>(Dataset<T> data, int batchSize) : BatchFeed<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _at = data.Count;

    public override void BeginEpoch(int epoch, long firstExample) => _at = (int)Math.Min(firstExample, data.Count);

    public override bool TryNext(out Batch<T> batch)
    {
        int m = Math.Min(batchSize, data.Count - _at);
        if (m == 0)
        {
            batch = default;
            return false;
        }

        batch = data.Batch(_at, m);
        _at += m;
        return true;
    }

    public override void Dispose()
    {
    }
}
