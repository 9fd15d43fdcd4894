using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn.Kernels;

/// <summary>The loss of each example of a batch by itself.</summary>
/// <remarks>
/// In each method z or a has m rows of the last layer's stride, y has m dense rows of targets, and costs takes m numbers: m is its length.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ExampleCosts
{
    /// <summary>An elementwise loss.</summary>
    public static void Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        ExampleLosses.Elementwise<T, TLayer, LossValue<T, TLoss>>(a, y, costs);
        Average<T, TLayer>(costs, TLoss.AveragesOutputs);
    }

    /// <summary>An elementwise loss in its own form for the output activation.</summary>
    public static void FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
    {
        ExampleLosses.Elementwise<T, TLayer, FusedLossValue<T, TActivation, TLoss>>(z, y, costs);
        Average<T, TLayer>(costs, TLoss.AveragesOutputs);
    }

    /// <summary>A loss over whole rows.</summary>
    public static void Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        ExampleLosses.Row<T, TLayer, TLoss>(a, y, costs);
        Average<T, TLayer>(costs, TLoss.AveragesOutputs);
    }

    /// <summary>A loss over whole rows in its own form for the output activation.</summary>
    public static void FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        ExampleLosses.FusedRow<T, TLayer, TActivation, TLoss>(z, y, costs);
        Average<T, TLayer>(costs, TLoss.AveragesOutputs);
    }

    /// <summary>A loss over whole rows, targets given as class labels.</summary>
    public static void FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        ExampleLosses.FusedLabels<T, TLayer, TActivation, TLoss>(z, labels, costs);
        Average<T, TLayer>(costs, TLoss.AveragesOutputs);
    }

    private static void Average<T, TLayer>(Span<T> costs, bool averages)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        if (averages)
        {
            TensorPrimitives.Divide(costs, T.CreateTruncating(TLayer.Outputs), costs);
        }
    }
}
