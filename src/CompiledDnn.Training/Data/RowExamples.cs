using System.Numerics;

namespace CompiledDnn;

/// <summary>Examples whose inputs, targets and weights are rows that are read when they are needed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The inputs.</param>
/// <param name="y">The targets; null with labels.</param>
/// <param name="labels">The labels; null with rows of targets.</param>
/// <param name="weights">The weights; null without.</param>
internal sealed class RowExamples<T>(IRowSource<T> x, IRowSource<T>? y, IRowSource<int>? labels, IRowSource<T>? weights) : IRandomAccessSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int InputSize => x.RowLength;

    public int TargetSize => y?.RowLength ?? 0;

    public bool HasWeights => weights is not null;

    public long Count => x.Count;

    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch)
    {
        if (examples.IsEmpty)
        {
            return;
        }

        BatchRows<T> rows = batch.Append(examples.Length);
        x.CopyRows(examples, rows.X);
        y?.CopyRows(examples, rows.Y);
        labels?.CopyRows(examples, rows.Labels);
        weights?.CopyRows(examples, rows.Weights);
    }

    public override string ToString() => $"{x} with {y ?? (object?)labels}";
}
