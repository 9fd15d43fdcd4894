namespace CompiledDnn.Tests.Reference;

/// <summary>A workspace of a <see cref="ReferenceNetwork{T}"/>: also the row that stands for a label.</summary>
public sealed class ReferenceWorkspace<T>(NetworkShape shape, int batchSize, WorkspaceOptions options)
    : NetworkWorkspace<T>(shape, batchSize, options)
    where T : unmanaged
{
    /// <summary>The target of one example when it is given as a label.</summary>
    public T[] LabelRow { get; } = new T[shape.TargetSize];

    /// <summary>One example's row of a block of a layer.</summary>
    public static Span<T> Row(Span<T> block, LayerInfo layer, int example) => block.Slice(example * layer.RowStride, layer.Outputs);
}
