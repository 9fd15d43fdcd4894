using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>A layer of dot products, and those after it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DotChain<T, TLayer, TActivation, TNext> : ILayerChain<T>
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
        RowDotProducts<T, TLayer>.Run<TOps, TVector>(in x, in parameters, ref scratch);
        RowDotProducts<T, TLayer>.Activate<TActivation, TOps, TVector>(ref scratch);
        TNext.Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.RowStride), inline);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}

/// <summary>The last layer, of dot products and an elementwise activation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DotEnd<T, TLayer, TActivation> : ILayerChain<T>
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
        get => KernelGuard.WholeLines<T>(TLayer.RowStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.Outputs == 1)
        {
            RowDotProduct<T, TLayer, TActivation, TOps, TVector>.Run(
                in x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
                ref outputs,
                inline);
            return;
        }

        RowDotProducts<T, TLayer>.Run<TOps, TVector>(in x, in parameters, ref scratch);
        RowDotProducts<T, TLayer>.Activate<TActivation, TOps, TVector>(ref scratch);
        MemoryMarshal.CreateReadOnlySpan(ref scratch, TLayer.Outputs).CopyTo(MemoryMarshal.CreateSpan(ref outputs, TLayer.Outputs));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        if (TLayer.Outputs == 1)
        {
            RowDotProduct<T, TLayer, TActivation, TOps, TVector>.Run(
                x,
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
                in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
                ref outputs);
            return;
        }

        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}

/// <summary>The last layer, of dot products and an activation over whole rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DotRowEnd<T, TLayer, TActivation> : ILayerChain<T>
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
        get => KernelGuard.WholeLines<T>(TLayer.RowStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        RowDotProducts<T, TLayer>.Run<TOps, TVector>(in x, in parameters, ref scratch);
        RowEnd<T, TLayer, TActivation>.Run(ref scratch, ref outputs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}

/// <summary>Copies the inputs so that they are followed by zeros, for a first layer that reads whole vectors of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PackedChain<T, TLayer, TNext> : ILayerChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
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
        get => TLayer.InputRowStride + TNext.ScratchLength;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        Span<T> packed = MemoryMarshal.CreateSpan(ref scratch, TLayer.InputRowStride);
        MemoryMarshal.CreateReadOnlySpan(in x, TLayer.Inputs).CopyTo(packed);
        packed[TLayer.Inputs..].Clear();
        TNext.Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), inline);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ILayerChain<T>.Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
    {
        TOps.Store(x, ref scratch);
        Run<TOps, TVector>(in scratch, in parameters, ref outputs, ref Unsafe.Add(ref scratch, TLayer.InputRowStride), true);
    }
}
