using System.Numerics;

namespace CompiledDnn;

/// <summary>A source whose inputs are scaled as they are read.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="source">The source.</param>
/// <param name="scaler">The scaler.</param>
internal sealed class ScaledSource<T>(IRandomAccessSource<T> source, Scaler<T> scaler) : IRandomAccessSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int InputSize => source.InputSize;

    public int TargetSize => source.TargetSize;

    public bool HasWeights => source.HasWeights;

    public long Count => source.Count;

    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch)
    {
        int before = batch.Count;
        source.CopyExamples(examples, batch);
        scaler.Transform(batch.X[(before * InputSize)..]);
    }

    public override string ToString() => $"{source}, scaled";
}
