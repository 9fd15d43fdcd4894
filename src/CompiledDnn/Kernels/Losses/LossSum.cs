using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>The sum over the examples of a batch of the loss of each, in double, so that sums of parts of a batch can be added.</summary>
/// <remarks>In each method z or a has m rows of the last layer's stride and y has m dense rows of targets.</remarks>
internal static class LossSum
{
    /// <summary>An elementwise loss.</summary>
    public static double Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        double total = Sum<T, TLayer, LossValue<T, TLoss>>(a, y, m);
        return TLoss.AveragesOutputs ? total / TLayer.Outputs : total;
    }

    /// <summary>An elementwise loss in its own form for the output activation.</summary>
    public static double FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
    {
        double total = Sum<T, TLayer, FusedLossValue<T, TActivation, TLoss>>(z, y, m);
        return TLoss.AveragesOutputs ? total / TLayer.Outputs : total;
    }

    /// <summary>A loss over whole rows.</summary>
    public static double Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        double total = 0;
        for (int row = 0; row < m; row++)
        {
            total += double.CreateTruncating(TLoss.Value(a.Slice(row * TLayer.RowStride, TLayer.Outputs), y.Slice(row * targetSize, targetSize)));
        }

        return TLoss.AveragesOutputs ? total / TLayer.Outputs : total;
    }

    /// <summary>A loss over whole rows in its own form for the output activation.</summary>
    public static double FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        if (!TLoss.TrySumFromLogits<TLayer>(z, y, m, out double total))
        {
            for (int row = 0; row < m; row++)
            {
                total += double.CreateTruncating(
                    TLoss.ValueFromLogits(z.Slice(row * TLayer.RowStride, TLayer.Outputs), y.Slice(row * targetSize, targetSize)));
            }
        }

        return TLoss.AveragesOutputs ? total / TLayer.Outputs : total;
    }

    /// <summary>A loss over whole rows, targets given as class labels.</summary>
    public static double FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        KernelGuard.Rows(labels.Length, m, 1, nameof(labels));
        if (!TLoss.TrySumFromLabels<TLayer>(z, labels, m, out double total))
        {
            for (int row = 0; row < m; row++)
            {
                total += double.CreateTruncating(TLoss.ValueFromLabel(z.Slice(row * TLayer.RowStride, TLayer.Outputs), labels[row]));
            }
        }

        return TLoss.AveragesOutputs ? total / TLayer.Outputs : total;
    }

    /// <summary>Losses that are there, one for each example, added up in their order.</summary>
    public static double Of<T>(ReadOnlySpan<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double total = 0;
        foreach (T loss in losses)
        {
            total += double.CreateTruncating(loss);
        }

        return total;
    }

    private static double Sum<T, TLayer, TOperation>(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOperation : struct, ILossOperation<T>
    {
        KernelGuard.Rows(rows.Length, m, TLayer.RowStride, nameof(rows));
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        double total = 0;
        VectorDispatch.Run<T, LossMap<T, TLayer, TOperation, Unweighted>>(new(rows, rows, y, default, default, ref total, m));
        return total;
    }
}
