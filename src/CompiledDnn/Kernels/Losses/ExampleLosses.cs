using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>The loss of each example of a batch, summed over its outputs whether or not the loss is their mean.</summary>
/// <remarks>
/// In each method z or a has m rows of the last layer's stride, y has m dense rows of targets, and values takes m numbers: m is its length.
/// </remarks>
internal static class ExampleLosses
{
    /// <summary>An elementwise loss.</summary>
    public static void Elementwise<T, TLayer, TOperation>(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOperation : struct, ILossOperation<T>
    {
        KernelGuard.Rows(rows.Length, values.Length, TLayer.RowStride, nameof(rows));
        KernelGuard.Rows(y.Length, values.Length, TLayer.Outputs, nameof(y));
        VectorDispatch.Run<T, LossRows<T, TLayer, TOperation>>(new(rows, y, values));
    }

    /// <summary>A loss over whole rows.</summary>
    public static void Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, values.Length, nameof(y));
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = TLoss.Value(a.Slice(row * TLayer.RowStride, TLayer.Outputs), y.Slice(row * targetSize, targetSize));
        }
    }

    /// <summary>A loss over whole rows in its own form for the output activation.</summary>
    public static void FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, values.Length, nameof(y));
        if (TLoss.TryValuesFromLogits<TLayer>(z, y, values))
        {
            return;
        }

        for (int row = 0; row < values.Length; row++)
        {
            values[row] = TLoss.ValueFromLogits(z.Slice(row * TLayer.RowStride, TLayer.Outputs), y.Slice(row * targetSize, targetSize));
        }
    }

    /// <summary>A loss over whole rows, targets given as class labels.</summary>
    public static void FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        KernelGuard.Rows(labels.Length, values.Length, 1, nameof(labels));
        if (TLoss.TryValuesFromLabels<TLayer>(z, labels, values))
        {
            return;
        }

        for (int row = 0; row < values.Length; row++)
        {
            values[row] = TLoss.ValueFromLabel(z.Slice(row * TLayer.RowStride, TLayer.Outputs), labels[row]);
        }
    }
}
