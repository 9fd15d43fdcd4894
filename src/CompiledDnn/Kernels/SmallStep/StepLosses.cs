using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>An elementwise loss.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepElementwise<T, TLoss> : IStepLoss<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IElementwiseLoss<T>
{
    static bool IStepLoss<T, T>.IsFused => false;

    static double IStepLoss<T, T>.Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> targets, Span<T> gradient, int m) =>
        LossStep<T, TLayer, LossValue<T, TLoss>, LossDerivative<T, TLoss>>.Run(a, a, targets, gradient, m);
}

/// <summary>An elementwise loss in its own form for the output activation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepFusedElementwise<T, TActivation, TLoss> : IStepLoss<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct
    where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
{
    static bool IStepLoss<T, T>.IsFused => true;

    static double IStepLoss<T, T>.Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> targets, Span<T> gradient, int m) =>
        LossStep<T, TLayer, FusedLossValue<T, TActivation, TLoss>, FusedLossDerivative<T, TActivation, TLoss>>.Run(
            z, a, targets, gradient, m);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IStepLoss<T, T>.TryStep<TOps, TVector>(TVector z, TVector y, out TVector a, out TVector value, out TVector dz) =>
        TLoss.TryStepFromLogits<TOps, TVector>(z, y, out a, out value, out dz);
}

/// <summary>A loss over whole rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepRow<T, TLoss> : IStepLoss<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IRowLoss<T>
{
    static bool IStepLoss<T, T>.IsFused => false;

    static double IStepLoss<T, T>.Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> targets, Span<T> gradient, int m)
    {
        LossGradient.Row<T, TLayer, TLoss>(a, targets, gradient, m);
        return LossSum.Row<T, TLayer, TLoss>(a, targets, m);
    }
}

/// <summary>A loss over whole rows in its own form for the output activation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepFusedRow<T, TActivation, TLoss> : IStepLoss<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct
    where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
{
    static bool IStepLoss<T, T>.IsFused => true;

    static double IStepLoss<T, T>.Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> targets, Span<T> gradient, int m)
    {
        LossGradient.FusedRow<T, TLayer, TActivation, TLoss>(z, a, targets, gradient, m);
        return LossSum.FusedRow<T, TLayer, TActivation, TLoss>(z, targets, m);
    }

    static bool IStepLoss<T, T>.TriesAll => true;

    [SkipLocalsInit]
    static bool IStepLoss<T, T>.TryAll<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> targets, Span<T> a, Span<T> dz, out double total)
    {
        Span<T> losses = stackalloc T[StepShape.MostRows];
        losses = losses[..(z.Length / TLayer.RowStride)];
        bool isDone = !TLoss.AveragesOutputs && TLoss.TryStepFromTargets<TLayer>(z, targets, a, dz, losses);
        total = isDone ? LossSum.Of<T>(losses) : 0;
        return isDone;
    }
}

/// <summary>A loss over whole rows in its own form, targets given as class labels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepFusedLabels<T, TActivation, TLoss> : IStepLoss<T, int>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct
    where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
{
    static bool IStepLoss<T, int>.IsFused => true;

    static double IStepLoss<T, int>.Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<int> targets, Span<T> gradient, int m)
    {
        LossGradient.FusedLabels<T, TLayer, TActivation, TLoss>(z, a, targets, gradient, m);
        return LossSum.FusedLabels<T, TLayer, TActivation, TLoss>(z, targets, m);
    }

    static bool IStepLoss<T, int>.TriesAll => true;

    [SkipLocalsInit]
    static bool IStepLoss<T, int>.TryAll<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> targets, Span<T> a, Span<T> dz, out double total)
    {
        Span<T> losses = stackalloc T[StepShape.MostRows];
        bool isDone = !TLoss.AveragesOutputs && TLoss.TryStepFromLabels<TLayer>(z, targets, a, dz, losses);
        total = isDone ? LossSum.Of<T>(losses[..targets.Length]) : 0;
        return isDone;
    }
}
