using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>Copies between the dense rows of a caller and the padded rows of kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rows
{
    /// <summary>Copies inputs so that each row begins on a cache line and is followed by zeros.</summary>
    /// <param name="x">m rows of the layer's inputs, dense.</param>
    /// <param name="packed">m rows of the layer's input stride; overwritten.</param>
    /// <param name="m">The batch size.</param>
    public static ReadOnlySpan<T> Pack<T, TLayer>(ReadOnlySpan<T> x, Span<T> packed, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        for (int row = 0; row < m; row++)
        {
            Span<T> to = packed.Slice(row * TLayer.InputRowStride, TLayer.InputRowStride);
            x.Slice(row * TLayer.Inputs, TLayer.Inputs).CopyTo(to);
            to[TLayer.Inputs..].Clear();
        }

        return packed;
    }

    /// <summary>Copies a layer's outputs to a caller's dense rows.</summary>
    /// <param name="a">m rows of the layer's stride.</param>
    /// <param name="outputs">m rows of the layer's outputs, dense; overwritten.</param>
    /// <param name="m">The batch size.</param>
    public static void Unpack<T, TLayer>(ReadOnlySpan<T> a, Span<T> outputs, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        for (int row = 0; row < m; row++)
        {
            a.Slice(row * TLayer.RowStride, TLayer.Outputs).CopyTo(outputs.Slice(row * TLayer.Outputs, TLayer.Outputs));
        }
    }
}
