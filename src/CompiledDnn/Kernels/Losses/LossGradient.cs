using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Where the backward pass begins: the derivative of each example's loss, without the 1/m.</summary>
/// <remarks>
/// In each method z and a have m rows of the last layer's stride and y has m dense rows of targets; the result has m rows of the last
/// layer's stride and is overwritten, its padding left as it is. Without fusing, the result is DAL and
/// <see cref="ActivationGradient"/> makes DZL of it; the fused forms give DZL at once.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LossGradient
{
    /// <summary>DAL of an elementwise loss.</summary>
    public static void Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T> =>
        Write<T, TLayer, LossDerivative<T, TLoss>>(a, a, y, da, m);

    /// <summary>DZL of an elementwise loss in its own form for the output activation.</summary>
    public static void FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation> =>
        Write<T, TLayer, FusedLossDerivative<T, TActivation, TLoss>>(z, a, y, dz, m);

    /// <summary>DAL of a loss over whole rows.</summary>
    public static void Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        for (int row = 0; row < m; row++)
        {
            int start = row * TLayer.RowStride;
            Span<T> gradient = da.Slice(start, TLayer.Outputs);
            TLoss.Derivative(a.Slice(start, TLayer.Outputs), y.Slice(row * targetSize, targetSize), gradient);
            Average(gradient, TLoss.AveragesOutputs);
        }
    }

    /// <summary>DZL of a loss over whole rows in its own form for the output activation.</summary>
    public static void FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        bool isDone = TLoss.TryDerivativesFromLogits<TLayer>(z, a, y, dz, m);
        for (int row = 0; row < m && (!isDone || TLoss.AveragesOutputs); row++)
        {
            int start = row * TLayer.RowStride;
            Span<T> gradient = dz.Slice(start, TLayer.Outputs);
            if (!isDone)
            {
                TLoss.DerivativeFromLogits(
                    z.Slice(start, TLayer.Outputs), a.Slice(start, TLayer.Outputs), y.Slice(row * targetSize, targetSize), gradient);
            }

            Average(gradient, TLoss.AveragesOutputs);
        }
    }

    /// <summary>DZL of a loss over whole rows, targets given as class labels.</summary>
    public static void FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<int> labels, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        KernelGuard.Rows(labels.Length, m, 1, nameof(labels));
        for (int row = 0; row < m; row++)
        {
            int start = row * TLayer.RowStride;
            Span<T> gradient = dz.Slice(start, TLayer.Outputs);
            TLoss.DerivativeFromLabel(z.Slice(start, TLayer.Outputs), a.Slice(start, TLayer.Outputs), labels[row], gradient);
            Average(gradient, TLoss.AveragesOutputs);
        }
    }

    /// <summary>Gives each example its weight: row i of DZL times weight i, and zero for a weight of zero whatever the row holds.</summary>
    /// <param name="weights">m weights.</param>
    /// <param name="dz">DZL, m rows of the layer's stride; updated. Its padding, zero before, stays zero.</param>
    /// <param name="m">The batch size.</param>
    public static void Weigh<T, TLayer>(ReadOnlySpan<T> weights, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(weights.Length, m, 1, nameof(weights));
        KernelGuard.Rows(dz.Length, m, TLayer.RowStride, nameof(dz));
        VectorDispatch.Run<T, WeightedRows<T, TLayer>>(new(weights[..m], dz));
    }

    private static void Write<T, TLayer, TOperation>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> result, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOperation : struct, ILossOperation<T>
    {
        KernelGuard.Rows(z.Length, m, TLayer.RowStride, nameof(z));
        KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        KernelGuard.Rows(result.Length, m, TLayer.RowStride, nameof(result));
        VectorDispatch.Run<T, LossMap<T, TLayer, TOperation, Unweighted>>(new(z, a, y, default, result, ref Unsafe.NullRef<double>(), m));
    }

    private static void Average<T>(Span<T> gradient, bool averages)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (averages)
        {
            TensorPrimitives.Divide(gradient, T.CreateTruncating(gradient.Length), gradient);
        }
    }
}
