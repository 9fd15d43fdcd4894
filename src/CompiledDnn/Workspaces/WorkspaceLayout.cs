namespace CompiledDnn;

/// <summary>Where a workspace keeps what: offsets, in numbers, into its one block of memory.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class WorkspaceLayout<T>
    where T : unmanaged
{
    /// <summary>Says that a workspace does not keep a thing.</summary>
    public const int NotKept = -1;

    public WorkspaceLayout(NetworkShape shape, int capacity, WorkspaceOptions options)
    {
        A = new int[shape.Layers.Length];
        Z = new int[shape.Layers.Length];
        DZ = new int[shape.Layers.Length];
        Dropped = new int[shape.Layers.Length];
        Gradients = Take(shape.BlockLength);
        PackedInput = TakeIf(shape.PackedInputStride > 0, Rows(shape.PackedInputStride));
        for (int l = 0; l < shape.Layers.Length; l++)
        {
            LayerInfo layer = shape.Layers[l];
            A[l] = Take(Rows(layer.RowStride));
            DZ[l] = Take(Rows(layer.RowStride));
            Dropped[l] = TakeIf(layer.Dropout > 0 && options.HasFlag(WorkspaceOptions.Training), Rows(layer.RowStride));
            Z[l] = TakeIf(layer.NeedsZ || options.HasFlag(WorkspaceOptions.KeepZ), Rows(layer.RowStride));
        }

        Losses = TakeIf(shape.Task == NetworkTask.Classification, capacity);
        DA0Stride = AlignedBlock<T>.RoundUp(shape.InputSize);
        DA0 = TakeIf(options.HasFlag(WorkspaceOptions.InputGradient), Rows(DA0Stride));

        long Rows(int stride) => (long)capacity * stride;
    }

    public int Gradients { get; }

    public int PackedInput { get; }

    public int[] A { get; }

    public int[] Z { get; }

    public int[] DZ { get; }

    /// <summary>A as the next layer reads it in training, of layers with dropout.</summary>
    public int[] Dropped { get; }

    /// <summary>The loss of each example, of classifiers: an activation over whole rows and such a loss are one step.</summary>
    public int Losses { get; }

    public int DA0 { get; }

    public int DA0Stride { get; }

    /// <summary>Numbers in all.</summary>
    public long Length { get; private set; }

    private int TakeIf(bool kept, long length) => kept ? Take(length) : NotKept;

    private int Take(long length)
    {
        // A layout too long for one array is refused by its length before an offset is used.
        int offset = unchecked((int)Length);
        int line = AlignedBlock<T>.Alignment / System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        Length += (length + line - 1) / line * line;
        return offset;
    }
}
