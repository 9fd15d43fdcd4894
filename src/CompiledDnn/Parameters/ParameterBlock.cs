using System.ComponentModel;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>
/// All weights and biases of a network in one contiguous block that begins on a cache line, laid out by the plan, the same on
/// every machine. Padding between them is zero and stays zero.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ParameterBlock<T>
    where T : unmanaged
{
    private readonly AlignedBlock<T> _block;

    /// <summary>A block of zeros for networks of this shape.</summary>
    /// <param name="shape">The shape of the network.</param>
    public ParameterBlock(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        _block = new AlignedBlock<T>(shape.BlockLength);
    }

    /// <summary>The shape that the block is laid out for.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The whole block, padding included.</summary>
    public Span<T> Span => _block.Span;

    /// <summary>Numbers in the block.</summary>
    internal int Length => _block.Length;

    /// <summary>The first number, for kernels that know the layout.</summary>
    internal ref T First => ref _block.First;

    /// <summary>A copy that shares no memory with this block.</summary>
    public ParameterBlock<T> Clone()
    {
        var copy = new ParameterBlock<T>(Shape);
        Span.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>W of a layer, [outputs, inputs] as in the notebook, whatever the layout inside. Writing to it changes the network.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public TensorSpan<T> WeightView(int layer) => ShapedView.Weights(Span, Shape.Layer(layer));

    /// <summary>b of a layer, one number per output. Writing to it changes the network.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public TensorSpan<T> BiasView(int layer) => new(B(layer)[..Shape.Layer(layer).Outputs]);

    /// <summary>Copies W of a layer in the dense order of PyTorch: one output after the other, the inputs side by side.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="destination">outputs × inputs numbers; overwritten.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyWeightsTo(int layer, Span<T> destination)
    {
        LayerInfo info = Shape.Layer(layer);
        CheckDense(info, destination.Length);
        ReadOnlySpan<T> weights = W(layer);
        for (int o = 0, at = 0; o < info.Outputs; o++)
        {
            for (int i = 0; i < info.Inputs; i++)
            {
                destination[at++] = weights[(o * info.OutputStride) + (i * info.InputStride)];
            }
        }
    }

    /// <summary>Sets W of a layer from the dense order of PyTorch: one output after the other, the inputs side by side.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="source">outputs × inputs numbers.</param>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    public void CopyWeightsFrom(int layer, ReadOnlySpan<T> source)
    {
        LayerInfo info = Shape.Layer(layer);
        CheckDense(info, source.Length);
        Span<T> weights = W(layer);
        for (int o = 0, at = 0; o < info.Outputs; o++)
        {
            for (int i = 0; i < info.Inputs; i++)
            {
                weights[(o * info.OutputStride) + (i * info.InputStride)] = source[at++];
            }
        }
    }

    /// <summary>W of a layer as it lies in the block, padding included. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> W(int layer)
    {
        LayerInfo info = Shape.Layer(layer);
        return _block.Slice(info.WeightOffset, info.WeightLength);
    }

    /// <summary>b of a layer as it lies in the block, padding included. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> B(int layer)
    {
        LayerInfo info = Shape.Layer(layer);
        return _block.Slice(info.BiasOffset, info.BiasLength);
    }

    private void CheckDense(LayerInfo info, int length)
    {
        if (length != info.Outputs * info.Inputs)
        {
            throw new ArgumentException(
                $"{Shape.Name}: W{info.Index} has {info.Outputs} × {info.Inputs} = {info.Outputs * info.Inputs} weights, but the span has {length}.");
        }
    }
}
