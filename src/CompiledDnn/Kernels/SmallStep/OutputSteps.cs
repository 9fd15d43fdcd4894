using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>The last layer with lanes across outputs, and the loss.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LanesStep<T, TLayer, TActivation> : IStepChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IStepActivation<T>
{
    static int IStepChain<T>.Inputs => TLayer.Inputs;

    static int IStepChain<T>.InputGradientRowStride => TLayer.InputGradientRowStride;

    static int IStepChain<T>.Layers => 1;

    static int IStepChain<T>.OutputRowStride => TLayer.RowStride;

    static int IStepChain<T>.ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.BiasOffset + KernelGuard.WholeLines<T>(TLayer.Outputs);
    }

    static int IStepChain<T>.HiddenLength => 0;

    static int IStepChain<T>.TransposedLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => StepBackward<T, TLayer>.TransposedLength;
    }

    static void IStepChain<T>.Transpose(ref T parameters, ref T transposed, int m) => StepBackward<T, TLayer>.Transpose(ref parameters, ref transposed, m);

    static void IStepChain<T>.Run<TOps, TVector, TTarget, TLoss, TEpilogue, TBelow, TBelowActivation>(
        scoped in StepTile<T, TTarget> tile, scoped StepRowsBelow<T> below, ref T transposed, ref T hidden)
    {
        int m = tile.Rows;
        ref T parameters = ref tile.Parameters;

        // Z = W A[l−1] + b, A = g(Z)
        ref T w = ref Unsafe.Add(ref parameters, TLayer.WeightOffset);
        ref T b = ref Unsafe.Add(ref parameters, TLayer.BiasOffset);
        if (TLoss.TriesAll)
        {
            StepProducts.Lanes<T, TLayer, TOps, TVector>(ref below.A, ref w, ref b, ref tile.Z, m);
            StepOutput<T, TLayer, TActivation>.ActivateAndLoss<TTarget, TLoss, TOps, TVector>(in tile);
        }
        else
        {
            TActivation.Lanes<TLayer, TOps, TVector>(ref below.A, ref w, ref b, ref tile.Z, ref tile.A, m);
            StepOutput<T, TLayer, TActivation>.Loss<TTarget, TLoss, TOps, TVector>(in tile);
        }

        StepBackward<T, TLayer>.PassDown<TBelow, TBelowActivation, TOps, TVector>(below, ref parameters, ref transposed, ref tile.DZ, m);
        StepBackward<T, TLayer>.Gradient<TEpilogue, TOps, TVector>(ref below.A, ref tile.DZ, ref tile.Gradients, tile.Scale, m);
    }
}

/// <summary>The last layer, of dot products for one output, and the loss.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DotStep<T, TLayer, TActivation> : IStepChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IStepActivation<T>
{
    static int IStepChain<T>.Inputs => TLayer.Inputs;

    static int IStepChain<T>.InputGradientRowStride => TLayer.InputGradientRowStride;

    static int IStepChain<T>.Layers => 1;

    static int IStepChain<T>.OutputRowStride => TLayer.RowStride;

    static int IStepChain<T>.ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.BiasOffset + KernelGuard.WholeLines<T>(TLayer.Outputs);
    }

    static int IStepChain<T>.HiddenLength => 0;

    static int IStepChain<T>.TransposedLength => 0;

    // W has a row for each output as it is.
    static void IStepChain<T>.Transpose(ref T parameters, ref T transposed, int m)
    {
    }

    static void IStepChain<T>.Run<TOps, TVector, TTarget, TLoss, TEpilogue, TBelow, TBelowActivation>(
        scoped in StepTile<T, TTarget> tile, scoped StepRowsBelow<T> below, ref T transposed, ref T hidden)
    {
        int m = tile.Rows;
        ref T w = ref Unsafe.Add(ref tile.Parameters, TLayer.WeightOffset);
        ref T b = ref Unsafe.Add(ref tile.Parameters, TLayer.BiasOffset);

        // Z = W A[l−1] + b, A = g(Z), the loss and DZ
        if (!DotLoss<T, TTarget, TLayer, TLoss>.TryRun<TOps, TVector>(in tile, ref below.A, ref w, ref b))
        {
            TActivation.Dot<TLayer, TOps, TVector>(ref below.A, ref w, ref b, ref tile.Z, ref tile.A, m);
            StepOutput<T, TLayer, TActivation>.Loss<TTarget, TLoss, TOps, TVector>(in tile);
        }

        // DZ[l−1] = Wᵀ DZ ∘ g'(Z[l−1]) and DW, then DB
        TBelowActivation.PassDownDot<TBelow, TLayer, TEpilogue, TOps, TVector>(
            ref tile.DZ, ref w, below, ref Unsafe.Add(ref tile.Gradients, TLayer.WeightOffset), tile.Scale, m);
        new ColumnSums<T, TLayer, TEpilogue>(
            in tile.DZ, ref Unsafe.Add(ref tile.Gradients, TLayer.BiasOffset), tile.Scale, m).Run<TOps, TVector>();
    }
}

/// <summary>The loss of a tile and DZ of the last layer.</summary>
internal static class StepOutput<T, TLayer, TActivation>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IStepActivation<T>
{
    /// <summary>A from Z, then the loss and DZ; in one pass where the loss can.</summary>
    public static void ActivateAndLoss<TTarget, TLoss, TOps, TVector>(scoped in StepTile<T, TTarget> tile)
        where TTarget : unmanaged
        where TLoss : struct, IStepLoss<T, TTarget>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int length = tile.Rows * TLayer.RowStride;
        Span<T> z = MemoryMarshal.CreateSpan(ref tile.Z, length), a = MemoryMarshal.CreateSpan(ref tile.A, length);
        if (!TLoss.TryAll<TLayer>(z, tile.Targets, a, MemoryMarshal.CreateSpan(ref tile.DZ, length), out tile.Loss))
        {
            TActivation.Activate<TLayer, TOps, TVector>(ref tile.Z, ref tile.A, tile.Rows);
            Loss<TTarget, TLoss, TOps, TVector>(in tile);
        }
    }

    /// <summary>The loss, and DZ from A and Z.</summary>
    public static void Loss<TTarget, TLoss, TOps, TVector>(scoped in StepTile<T, TTarget> tile)
        where TTarget : unmanaged
        where TLoss : struct, IStepLoss<T, TTarget>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int length = tile.Rows * TLayer.RowStride;
        ReadOnlySpan<T> z = Unsafe.IsNullRef(ref tile.Z) ? default : MemoryMarshal.CreateReadOnlySpan(ref tile.Z, length);
        ReadOnlySpan<T> a = MemoryMarshal.CreateReadOnlySpan(ref tile.A, length);
        tile.Loss = TLoss.Run<TLayer>(z, a, tile.Targets, MemoryMarshal.CreateSpan(ref tile.DZ, length), tile.Rows);
        if (!TLoss.IsFused)
        {
            TActivation.Derive<TLayer, TOps, TVector>(ref tile.Z, ref tile.A, ref tile.DZ, tile.Rows);
        }
    }
}
