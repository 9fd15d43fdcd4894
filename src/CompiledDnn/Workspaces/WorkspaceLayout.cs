namespace CompiledDnn;

/// <summary>Where a workspace keeps what in its one block of memory.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class WorkspaceLayout<T>
    where T : unmanaged
{
    private readonly int _capacity;

    public WorkspaceLayout(NetworkShape shape, int capacity, WorkspaceOptions options)
    {
        _capacity = capacity;
        A = new WorkspacePart[shape.Layers.Length];
        Z = new WorkspacePart[shape.Layers.Length];
        DZ = new WorkspacePart[shape.Layers.Length];
        Dropped = new WorkspacePart[shape.Layers.Length];
        Gradients = Take(shape.BlockLength);
        PackedInput = RowsIf(shape.PackedInputStride > 0, shape.PackedInputStride);
        for (int l = 0; l < shape.Layers.Length; l++)
        {
            LayerInfo layer = shape.Layers[l];
            A[l] = Rows(layer.RowStride);
            DZ[l] = Rows(layer.RowStride);
            Dropped[l] = RowsIf(layer.Dropout > 0 && options.HasFlag(WorkspaceOptions.Training), layer.RowStride);
            Z[l] = RowsIf(layer.NeedsZ || options.HasFlag(WorkspaceOptions.KeepZ), layer.RowStride);
        }

        // What was generated before KeepsLosses had them for classification, and does not say so.
        Losses = RowsIf(shape.KeepsLosses || shape.Task == NetworkTask.Classification, 1);
        DA0 = RowsIf(options.HasFlag(WorkspaceOptions.InputGradient), AlignedBlock<T>.RoundUp(shape.InputSize));
    }

    /// <summary>Where the gradient block begins.</summary>
    public int Gradients { get; }

    public WorkspacePart PackedInput { get; }

    public WorkspacePart[] A { get; }

    public WorkspacePart[] Z { get; }

    public WorkspacePart[] DZ { get; }

    /// <summary>A as the next layer reads it in training, of layers with dropout.</summary>
    public WorkspacePart[] Dropped { get; }

    /// <summary>The loss of each example, where a step makes it together with the outputs and their gradient.</summary>
    public WorkspacePart Losses { get; }

    public WorkspacePart DA0 { get; }

    /// <summary>Numbers in all.</summary>
    public long Length { get; private set; }

    private WorkspacePart RowsIf(bool kept, int stride) => kept ? Rows(stride) : default;

    // A layout too long for one array is refused by its length before a part of it is used.
    private WorkspacePart Rows(int stride) => new(Take((long)_capacity * stride), unchecked(_capacity * stride), stride);

    private int Take(long length)
    {
        int offset = unchecked((int)Length);
        int line = AlignedBlock<T>.Alignment / System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        Length += (length + line - 1) / line * line;
        return offset;
    }
}
