using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>
/// The cost J of a batch whose examples have weights: (1/m) Σ wᵢ lᵢ, with the loss lᵢ of each. Weights of one give the bits of
/// <see cref="LossCost"/>; an example of weight zero counts nothing, also where its loss is not finite.
/// </summary>
/// <remarks>In each method z or a has m rows of the last layer's stride, y has m dense rows of targets, and weights has m numbers.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightedCost
{
    // Examples whose losses are on the stack at a time.
    private const int Block = 64;

    /// <summary>An elementwise loss.</summary>
    public static T Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T> =>
        Mean<T, TLayer>(Sum<T, TLayer, LossValue<T, TLoss>>(a, y, weights, m), TLoss.AveragesOutputs, m);

    /// <summary>An elementwise loss in its own form for the output activation.</summary>
    public static T FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation> =>
        Mean<T, TLayer>(Sum<T, TLayer, FusedLossValue<T, TActivation, TLoss>>(z, y, weights, m), TLoss.AveragesOutputs, m);

    /// <summary>An elementwise loss, added up example by example.</summary>
    /// <param name="a">A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="weights">m weights.</param>
    /// <param name="losses">Takes the losses without their weights: m is its length.</param>
    public static T Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, Span<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        KernelGuard.Rows(weights.Length, losses.Length, 1, nameof(weights));
        ExampleLosses.Elementwise<T, TLayer, LossValue<T, TLoss>>(a, y, losses);
        return Mean<T, TLayer>(AddUp(0, losses, weights), TLoss.AveragesOutputs, losses.Length);
    }

    /// <summary>The same in its own form for the output activation.</summary>
    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="weights">m weights.</param>
    /// <param name="losses">Takes the losses without their weights: m is its length.</param>
    public static T FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, Span<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
    {
        KernelGuard.Rows(weights.Length, losses.Length, 1, nameof(weights));
        ExampleLosses.Elementwise<T, TLayer, FusedLossValue<T, TActivation, TLoss>>(z, y, losses);
        return Mean<T, TLayer>(AddUp(0, losses, weights), TLoss.AveragesOutputs, losses.Length);
    }

    /// <summary>A loss over whole rows.</summary>
    public static T Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        Span<T> values = stackalloc T[Block];
        double total = 0;
        for (int first = 0; first < m; first += Block)
        {
            int rows = Math.Min(Block, m - first);
            ExampleLosses.Row<T, TLayer, TLoss>(
                a[(first * TLayer.RowStride)..], y.Slice(first * targetSize, rows * targetSize), values[..rows]);
            total = AddUp(total, values[..rows], weights.Slice(first, rows));
        }

        return Mean<T, TLayer>(total, TLoss.AveragesOutputs, m);
    }

    /// <summary>A loss over whole rows in its own form for the output activation.</summary>
    public static T FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        int targetSize = KernelGuard.RowWidth(y.Length, m, nameof(y));
        Span<T> values = stackalloc T[Block];
        double total = 0;
        for (int first = 0; first < m; first += Block)
        {
            int rows = Math.Min(Block, m - first);
            ExampleLosses.FusedRow<T, TLayer, TActivation, TLoss>(
                z[(first * TLayer.RowStride)..], y.Slice(first * targetSize, rows * targetSize), values[..rows]);
            total = AddUp(total, values[..rows], weights.Slice(first, rows));
        }

        return Mean<T, TLayer>(total, TLoss.AveragesOutputs, m);
    }

    /// <summary>A loss over whole rows, targets given as class labels.</summary>
    public static T FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        Span<T> values = stackalloc T[Block];
        double total = 0;
        for (int first = 0; first < m; first += Block)
        {
            int rows = Math.Min(Block, m - first);
            ExampleLosses.FusedLabels<T, TLayer, TActivation, TLoss>(z[(first * TLayer.RowStride)..], labels.Slice(first, rows), values[..rows]);
            total = AddUp(total, values[..rows], weights.Slice(first, rows));
        }

        return Mean<T, TLayer>(total, TLoss.AveragesOutputs, m);
    }

    private static double Sum<T, TLayer, TOperation>(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOperation : struct, ILossOperation<T>
    {
        KernelGuard.Rows(rows.Length, m, TLayer.RowStride, nameof(rows));
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        KernelGuard.Rows(weights.Length, m, 1, nameof(weights));
        double total = 0;
        VectorDispatch.Run<T, LossMap<T, TLayer, TOperation, Weighted>>(new(rows, rows, y, weights, default, ref total, m));
        return total;
    }

    private static double AddUp<T>(double total, ReadOnlySpan<T> values, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            total += weights[i] == T.Zero ? 0 : double.CreateTruncating(weights[i] * values[i]);
        }

        return total;
    }

    private static T Mean<T, TLayer>(double total, bool averagesOutputs, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer => T.CreateTruncating((averagesOutputs ? total / TLayer.Outputs : total) / m);
}
