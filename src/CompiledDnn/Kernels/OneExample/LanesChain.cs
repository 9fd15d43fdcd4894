using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>A layer with lanes across outputs, and those after it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LanesChain<T, TLayer, TActivation, TNext> : ILayerChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IActivation<T>
    where TNext : struct, ILayerChain<T>
{
    /// <inheritdoc/>
    public static int Inputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Inputs;
    }

    /// <inheritdoc/>
    public static int Outputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TNext.Outputs;
    }

    /// <inheritdoc/>
    public static int Layers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 + TNext.Layers;
    }

    /// <inheritdoc/>
    public static int ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TNext.ParameterLength;
    }

    /// <inheritdoc/>
    public static int ScratchLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.RowStride + TNext.ScratchLength;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (inline && RowProduct<T, TLayer, TActivation, TOps, TVector>.IsOneVector)
        {
            TVector a = RowProduct<T, TLayer, TActivation, TOps, TVector>.OneVector(
                in x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset));
            TNext.Continue<TOps, TVector>(a, in parameters, ref outputs, ref scratch);
            return;
        }

        RowProduct<T, TLayer, TActivation, TOps, TVector>.Run(
            in x,
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
            ref scratch);
        TNext.Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.RowStride), inline);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        if (RegisterRow.HasBroadcast<TVector>() && RowProduct<T, TLayer, TActivation, TOps, TVector>.IsOneVector)
        {
            TVector a = RowProduct<T, TLayer, TActivation, TOps, TVector>.OneVector(
                x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset));
            TNext.Continue<TOps, TVector>(a, in parameters, ref outputs, ref scratch);
            return;
        }

        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}

/// <summary>The last layer, with lanes across outputs and an elementwise activation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LanesEnd<T, TLayer, TActivation> : ILayerChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IActivation<T>
{
    /// <inheritdoc/>
    public static int Inputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Inputs;
    }

    /// <inheritdoc/>
    public static int Outputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Outputs;
    }

    /// <inheritdoc/>
    public static int Layers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    public static int ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.BiasOffset + KernelGuard.WholeLines<T>(TLayer.Outputs);
    }

    /// <inheritdoc/>
    public static int ScratchLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.RowStride;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (inline && RowProduct<T, TLayer, TActivation, TOps, TVector>.IsOneVector)
        {
            TVector a = RowProduct<T, TLayer, TActivation, TOps, TVector>.OneVector(
                in x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset));
            VectorPieces.Store<TOps, TVector, T>(a, ref outputs, TLayer.Outputs);
            return;
        }

        RowProduct<T, TLayer, TActivation, TOps, TVector>.Run(
            in x,
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
            ref scratch);
        MemoryMarshal.CreateReadOnlySpan(ref scratch, TLayer.Outputs).CopyTo(MemoryMarshal.CreateSpan(ref outputs, TLayer.Outputs));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        if (RegisterRow.HasBroadcast<TVector>() && RowProduct<T, TLayer, TActivation, TOps, TVector>.IsOneVector)
        {
            TVector a = RowProduct<T, TLayer, TActivation, TOps, TVector>.OneVector(
                x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset));
            VectorPieces.Store<TOps, TVector, T>(a, ref outputs, TLayer.Outputs);
            return;
        }

        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}

/// <summary>The last layer, with lanes across outputs and an activation over whole rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LanesRowEnd<T, TLayer, TActivation> : ILayerChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IRowActivation<T>
{
    /// <inheritdoc/>
    public static int Inputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Inputs;
    }

    /// <inheritdoc/>
    public static int Outputs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Outputs;
    }

    /// <inheritdoc/>
    public static int Layers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    public static int ParameterLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.BiasOffset + KernelGuard.WholeLines<T>(TLayer.Outputs);
    }

    /// <inheritdoc/>
    public static int ScratchLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.RowStride;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (inline && RowProduct<T, TLayer, Identity<T>, TOps, TVector>.IsOneVector)
        {
            RowEnd<T, TLayer, TActivation>.Run<TOps, TVector>(
                in x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
                ref outputs,
                ref scratch);
            return;
        }

        RowProduct<T, TLayer, Identity<T>, TOps, TVector>.Run(
            in x,
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
            ref scratch);
        RowEnd<T, TLayer, TActivation>.Run(ref scratch, ref outputs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        if (RegisterRow.HasBroadcast<TVector>() && RowProduct<T, TLayer, Identity<T>, TOps, TVector>.IsOneVector)
        {
            TVector a = RowProduct<T, TLayer, Identity<T>, TOps, TVector>.OneVector(
                x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset));
            RowEnd<T, TLayer, TActivation>.Run<TOps, TVector>(a, ref outputs, ref scratch);
            return;
        }

        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}
