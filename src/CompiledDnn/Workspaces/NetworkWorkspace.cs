using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>
/// Memory for a batch: what the forward pass leaves for the backward pass, and the gradients. It belongs to one thread at a time.
/// It knows how many examples fit, how many the last forward pass had, and which step was done last; a call out of order is an
/// <see cref="InvalidOperationException"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract partial class NetworkWorkspace<T>
    where T : unmanaged
{
    private readonly WorkspaceLayout<T> _layout;
    private readonly AlignedBlock<T> _memory;

    /// <summary>Called by generated code.</summary>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="batchSize">The most examples that fit, at least 1.</param>
    /// <param name="options">What else is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is less than 1, or the workspace would be larger than one block can be.</exception>
    protected NetworkWorkspace(NetworkShape shape, int batchSize, WorkspaceOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        Options = options;
        Capacity = batchSize;
        long bytes = Bytes(shape, batchSize, options);
        _layout = new WorkspaceLayout<T>(shape, batchSize, options);
        if (_layout.Length > Array.MaxLength - AlignedBlock<T>.Alignment)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"{shape.Name}.CreateWorkspace: a workspace for {batchSize} examples takes {bytes} bytes, more than one block can have; use smaller batches.");
        }

        _memory = new AlignedBlock<T>((int)_layout.Length);
    }

    /// <summary>The shape of the network that it belongs to.</summary>
    public NetworkShape Shape { get; }

    /// <summary>What it keeps beyond what the steps need.</summary>
    public WorkspaceOptions Options { get; }

    /// <summary>The most examples that fit.</summary>
    public int Capacity { get; }

    /// <summary>m: the examples of the last forward pass, 0 before it.</summary>
    public int BatchSize { get; private set; }

    /// <summary>DW1, DB1 ... DWL, DBL in one block, laid out like <see cref="ParameterBlock{T}.Span"/>, padding zero.</summary>
    public Span<T> Gradients => _memory.Slice(_layout.Gradients, Shape.BlockLength);

    /// <summary>The bytes that a workspace takes.</summary>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="batchSize">The most examples that fit, at least 1.</param>
    /// <param name="options">What else is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is less than 1.</exception>
    public static long Bytes(NetworkShape shape, int batchSize, WorkspaceOptions options = WorkspaceOptions.None)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"{shape.Name}: a batch has at least 1 example, but the batch size is {batchSize}.");
        }

        return new WorkspaceLayout<T>(shape, batchSize, options).Length * Unsafe.SizeOf<T>();
    }

    /// <summary>A of a layer, [m, outputs].</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public ReadOnlyTensorSpan<T> AView(int layer) => View(ABlock(layer), layer);

    /// <summary>Z of a layer, [m, outputs].</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <exception cref="InvalidOperationException">The workspace does not keep it.</exception>
    public ReadOnlyTensorSpan<T> ZView(int layer)
    {
        Span<T> z = ZBlock(layer);
        return z.IsEmpty ? throw NotKept($"Z{layer}", WorkspaceOptions.KeepZ) : View(z, layer);
    }

    /// <summary>DZ of a layer, [m, outputs]; without the 1/m. Backward goes on from whatever that of the last layer holds.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public TensorSpan<T> DZView(int layer) => View(DZBlock(layer), layer);

    /// <summary>DW of a layer, [outputs, inputs].</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public TensorSpan<T> DWView(int layer) => ShapedView.Weights(Gradients, Shape.Layer(layer));

    /// <summary>DB of a layer, one number per output.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public TensorSpan<T> DBView(int layer) => new(DBBlock(layer)[..Shape.Layer(layer).Outputs]);

    /// <summary>DA0, the gradient with respect to the inputs, [m, inputs]; without the 1/m.</summary>
    /// <exception cref="InvalidOperationException">The workspace does not keep it.</exception>
    public ReadOnlyTensorSpan<T> DA0View()
    {
        Span<T> da0 = DA0Block;
        return da0.IsEmpty
            ? throw NotKept("DA0", WorkspaceOptions.InputGradient)
            : ShapedView.Rows(da0, BatchSize, Shape.InputSize, _layout.DA0.Stride);
    }

    /// <summary>The outputs of one example of the last forward pass.</summary>
    /// <param name="example">0 to m − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public ReadOnlySpan<T> Output(int example)
    {
        if ((uint)example >= (uint)BatchSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(example), example, $"{Shape.Name}.Workspace.Output: the last forward pass had {BatchSize} examples, counted from 0; there is no example {example}.");
        }

        LayerInfo last = Shape.Layers[^1];
        return ABlock(last.Index).Slice(example * last.RowStride, last.Outputs);
    }

    /// <summary>A of a layer as it lies in memory, for the whole capacity. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> ABlock(int layer) => Block(Part(_layout.A, layer));

    /// <summary>Z of a layer as it lies in memory, for the whole capacity; empty if not kept. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> ZBlock(int layer) => Block(Part(_layout.Z, layer));

    /// <summary>DZ of a layer as it lies in memory, for the whole capacity. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DZBlock(int layer) => Block(Part(_layout.DZ, layer));

    /// <summary>DW of a layer as it lies in the gradient block. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DWBlock(int layer)
    {
        LayerInfo info = Shape.Layer(layer);
        return Gradients.Slice(info.WeightOffset, info.WeightLength);
    }

    /// <summary>DB of a layer as it lies in the gradient block. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DBBlock(int layer)
    {
        LayerInfo info = Shape.Layer(layer);
        return Gradients.Slice(info.BiasOffset, info.BiasLength);
    }

    /// <summary>DA0 as it lies in memory, for the whole capacity; empty if not kept. For kernels.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DA0Block => Block(_layout.DA0);

    /// <summary>The copy of the inputs whose rows begin on cache lines; empty if the kernels need none. For kernels.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> PackedInput => Block(_layout.PackedInput);

    /// <summary>A of a layer for some examples. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> ARows(int layer, int first, int count) => Rows(Part(_layout.A, layer), first, count);

    /// <summary>Z of a layer for some examples; empty if not kept. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> ZRows(int layer, int first, int count) => Rows(Part(_layout.Z, layer), first, count);

    /// <summary>DZ of a layer for some examples. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DZRows(int layer, int first, int count) => Rows(Part(_layout.DZ, layer), first, count);

    /// <summary>DA0 for some examples; empty if not kept. For kernels.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> DA0Rows(int first, int count) => Rows(_layout.DA0, first, count);

    /// <summary>The copy of some examples' inputs; empty if the kernels need none. For kernels.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> PackedRows(int first, int count) => Rows(_layout.PackedInput, first, count);

    /// <summary>The losses of some examples, of a step; empty if not kept. For kernels.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> LossRows(int first, int count) => Rows(_layout.Losses, first, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private WorkspacePart Part(WorkspacePart[] parts, int layer) =>
        (uint)(layer - 1) < (uint)parts.Length ? parts[layer - 1] : throw Shape.NoLayer(layer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<T> Block(WorkspacePart part) => part.Length == 0 ? default : _memory.Slice(part.Offset, part.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<T> Rows(WorkspacePart part, int first, int count) =>
        part.Length == 0 ? default : _memory.Slice(part.Offset + (first * part.Stride), count * part.Stride);

    private TensorSpan<T> View(Span<T> block, int layer)
    {
        LayerInfo info = Shape.Layer(layer);
        return ShapedView.Rows(block, BatchSize, info.Outputs, info.RowStride);
    }

    private InvalidOperationException NotKept(string what, WorkspaceOptions option) =>
        new($"{Shape.Name}.Workspace: {what} is not kept; create the workspace with {nameof(WorkspaceOptions)}.{option}.");
}
