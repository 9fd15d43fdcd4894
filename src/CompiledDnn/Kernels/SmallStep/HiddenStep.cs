using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>A hidden layer with lanes across outputs, and the layers after it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HiddenStep<T, TLayer, TActivation, TNext> : IStepChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IStepActivation<T>
    where TNext : struct, IStepChain<T>
{
    static int IStepChain<T>.Inputs => TLayer.Inputs;

    static int IStepChain<T>.InputGradientRowStride => TLayer.InputGradientRowStride;

    static int IStepChain<T>.Layers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 + TNext.Layers;
    }

    static int IStepChain<T>.OutputRowStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TNext.OutputRowStride;
    }

    static int IStepChain<T>.ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TNext.ParameterLength;
    }

    static int IStepChain<T>.HiddenLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RowsOfExample + TNext.HiddenLength;
    }

    static int IStepChain<T>.TransposedLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => StepBackward<T, TLayer>.TransposedLength + TNext.TransposedLength;
    }

    // A, DZ and, where the gradient needs it, Z.
    private static int RowsOfExample
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TActivation.NeedsZ ? 3 : 2) * TLayer.RowStride;
    }

    static void IStepChain<T>.Transpose(ref T parameters, ref T transposed, int m)
    {
        StepBackward<T, TLayer>.Transpose(ref parameters, ref transposed, m);
        TNext.Transpose(ref parameters, ref Unsafe.Add(ref transposed, StepBackward<T, TLayer>.TransposedLength), m);
    }

    static void IStepChain<T>.Run<TOps, TVector, TTarget, TLoss, TEpilogue, TBelow, TBelowActivation>(
        scoped in StepTile<T, TTarget> tile, scoped StepRowsBelow<T> below, ref T transposed, ref T hidden)
    {
        int m = tile.Rows;
        ref T parameters = ref tile.Parameters;
        ref T a = ref hidden;
        ref T dz = ref Unsafe.Add(ref a, m * TLayer.RowStride);
        ref T z = ref TActivation.NeedsZ ? ref Unsafe.Add(ref dz, m * TLayer.RowStride) : ref Unsafe.NullRef<T>();

        // Z = W A[l−1] + b, A = g(Z)
        TActivation.Lanes<TLayer, TOps, TVector>(
            ref below.A, ref Unsafe.Add(ref parameters, TLayer.WeightOffset), ref Unsafe.Add(ref parameters, TLayer.BiasOffset), ref z, ref a, m);

        // All layers above, down to DZ of this one
        TNext.Run<TOps, TVector, TTarget, TLoss, TEpilogue, TLayer, TActivation>(
            in tile,
            new StepRowsBelow<T>(ref z, ref a, ref dz),
            ref Unsafe.Add(ref transposed, StepBackward<T, TLayer>.TransposedLength),
            ref Unsafe.Add(ref hidden, m * RowsOfExample));

        StepBackward<T, TLayer>.PassDown<TBelow, TBelowActivation, TOps, TVector>(below, ref parameters, ref transposed, ref dz, m);
        StepBackward<T, TLayer>.Gradient<TEpilogue, TOps, TVector>(ref below.A, ref dz, ref tile.Gradients, tile.Scale, m);
    }
}
