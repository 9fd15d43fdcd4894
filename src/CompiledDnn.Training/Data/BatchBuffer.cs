using System.Numerics;

namespace CompiledDnn;

/// <summary>Memory for one batch of a data set whose examples come in any order. Taken once, filled for every step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="data">The data set.</param>
/// <param name="capacity">The most examples of a batch.</param>
internal sealed class BatchBuffer<T>(Dataset<T> data, int capacity)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> _x = new(checked(capacity * data.InputSize));
    private readonly AlignedBlock<T> _y = new(checked(capacity * data.TargetSize));
    private readonly int[] _labels = new int[data.HasLabels ? capacity : 0];

    /// <summary>Copies examples side by side.</summary>
    /// <param name="order">Which examples, at most as many as fit.</param>
    /// <returns>The batch; overwritten by the next call.</returns>
    public Batch<T> Gather(ReadOnlySpan<int> order)
    {
        int m = order.Length;
        Span<T> x = _x.Span[..(m * data.InputSize)];
        GatherRows(data.X.Span, data.InputSize, order, x);
        if (!data.HasLabels)
        {
            Span<T> y = _y.Span[..(m * data.TargetSize)];
            GatherRows(data.Y.Span, data.TargetSize, order, y);
            return new Batch<T>(x, y, default, m);
        }

        Span<int> labels = _labels.AsSpan(0, m);
        ReadOnlySpan<int> all = data.Labels.Span;
        for (int i = 0; i < m; i++)
        {
            labels[i] = all[order[i]];
        }

        return new Batch<T>(x, default, labels, m);
    }

    private static void GatherRows(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> order, Span<T> destination)
    {
        for (int i = 0; i < order.Length; i++)
        {
            source.Slice(order[i] * size, size).CopyTo(destination.Slice(i * size, size));
        }
    }
}
