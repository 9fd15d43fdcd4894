using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>Padded memory seen as the notebook's matrices.</summary>
internal static class ShapedView
{
    /// <summary>W or DW of a layer, [outputs, inputs].</summary>
    public static TensorSpan<T> Weights<T>(Span<T> block, LayerInfo layer)
        where T : unmanaged =>
        Matrix(block[layer.WeightOffset..], layer.Outputs, layer.Inputs, layer.OutputStride, layer.InputStride);

    /// <summary>The first m rows of a padded block of activations, [m, columns].</summary>
    public static TensorSpan<T> Rows<T>(Span<T> block, int rows, int columns, int stride)
        where T : unmanaged =>
        Matrix(block, rows, columns, stride, 1);

    private static TensorSpan<T> Matrix<T>(Span<T> block, int rows, int columns, int rowStride, int columnStride)
        where T : unmanaged
    {
        if (rows == 0)
        {
            return default;
        }

        int length = ((rows - 1) * rowStride) + ((columns - 1) * columnStride) + 1;

        // TensorSpan wants a stride of zero where there is only one element to step over.
        ReadOnlySpan<nint> lengths = [rows, columns];
        ReadOnlySpan<nint> strides = [rows == 1 ? 0 : rowStride, columns == 1 ? 0 : columnStride];
        return new TensorSpan<T>(block[..length], lengths, strides);
    }
}
