using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>The cost J of a batch: the mean over its examples of the loss of each.</summary>
/// <remarks>In each method z or a has m rows of the last layer's stride and y has m dense rows of targets.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LossCost
{
    /// <summary>An elementwise loss.</summary>
    public static T Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T> => Mean<T>(LossSum.Elementwise<T, TLayer, TLoss>(a, y, m), m);

    /// <summary>An elementwise loss in its own form for the output activation.</summary>
    public static T FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation> =>
        Mean<T>(LossSum.FusedElementwise<T, TLayer, TActivation, TLoss>(z, y, m), m);

    /// <summary>An elementwise loss, added up example by example: to the bit the cost of a step that keeps the examples' losses.</summary>
    /// <param name="a">A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="losses">Takes the losses: m is its length.</param>
    public static T Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        ExampleLosses.Elementwise<T, TLayer, LossValue<T, TLoss>>(a, y, losses);
        return OutputStep.Cost<T, TLayer, TLoss>(losses);
    }

    /// <summary>The same in its own form for the output activation.</summary>
    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="losses">Takes the losses: m is its length.</param>
    public static T FusedElementwise<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
    {
        ExampleLosses.Elementwise<T, TLayer, FusedLossValue<T, TActivation, TLoss>>(z, y, losses);
        return OutputStep.Cost<T, TLayer, TLoss>(losses);
    }

    /// <summary>A loss over whole rows.</summary>
    public static T Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T> =>
        Mean<T>(LossSum.Row<T, TLayer, TLoss>(a, y, m), m);

    /// <summary>A loss over whole rows in its own form for the output activation.</summary>
    public static T FusedRow<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation> =>
        Mean<T>(LossSum.FusedRow<T, TLayer, TActivation, TLoss>(z, y, m), m);

    /// <summary>A loss over whole rows, targets given as class labels.</summary>
    public static T FusedLabels<T, TLayer, TActivation, TLoss>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation> =>
        Mean<T>(LossSum.FusedLabels<T, TLayer, TActivation, TLoss>(z, labels, m), m);

    private static T Mean<T>(double total, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(total / m);
}
