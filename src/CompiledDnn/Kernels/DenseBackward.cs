using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>What a layer passes down: DA[l−1] = Wᵀ DZ, without the 1/m, or at once DZ[l−1] = Wᵀ DZ ∘ g'(Z[l−1]).</summary>
/// <remarks>
/// In each method dz is DZ, m rows; the result has m rows and is overwritten; its padding, zero before, stays zero. Where a is asked
/// for, it is A[l−1], m rows, from which g' follows. The m examples may be some of a larger batch: how they are worked out follows from the
/// size of that, so that their bits do not depend on the share they are in.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseBackward
{
    /// <summary>
    /// A layer with lanes across outputs: sums of rows of W transposed, or for few examples dot products of rows of W and DZ. W is
    /// transposed in panels of four lines of inputs, each used for all examples while it is in the L2 cache.
    /// </summary>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, int m, int batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(w, TLayer.Inputs, dz, da, m);
        Span<T> panel = Panel<T, TLayer>();
        if (batch >= TLayer.FewestTransposed)
        {
            Panels<T, TLayer, PlainEpilogue<T>>(w, dz, da, da, panel, m);
            return;
        }

        if (FoldedProduct<T, Backward<TLayer>>.Fits)
        {
            VectorDispatch.Run<T, FoldedProduct<T, Backward<TLayer>>>(new(in First(dz), in First(w), ref MemoryMarshal.GetReference(da), m));
        }
        else
        {
            VectorDispatch.Run<T, DotProduct<T, Backward<TLayer>>>(
                new(in First(dz), in First(w), in Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(da), m));
        }
    }

    /// <summary>The same with the derivative of the layer below, taken while the sums are in registers where it is cheap.</summary>
    public static void Lanes<T, TLayer, TBelow, TActivation>(
        ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> dzBelow, int m, int batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TBelow : struct, IDenseLayer
        where TActivation : struct, IDerivativeFromOutput<T>
    {
        // A tile's worth of a long function would not fit the registers.
        if (batch < TLayer.FewestTransposed || !TActivation.IsDerivativeCheap)
        {
            Lanes<T, TLayer>(w, dz, dzBelow, m, batch);
            ActivationGradient.FromOutput<T, TBelow, TActivation>(a, dzBelow, m);
            return;
        }

        Check<T, TLayer>(w, TLayer.Inputs, dz, dzBelow, m);
        KernelGuard.Rows(a.Length, m, TLayer.InputGradientRowStride, nameof(a));
        Panels<T, TLayer, DerivativeEpilogue<T, TActivation>>(w, dz, a, dzBelow, Panel<T, TLayer>(), m);
    }

    /// <summary>A layer of dot products: sums of rows of W.</summary>
    public static void Dot<T, TLayer>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(w, TLayer.Outputs, dz, da, m);
        VectorDispatch.Run<T, BroadcastProduct<T, Backward<TLayer>, PlainEpilogue<T>>>(
            new(in First(dz), in First(w), in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(da), T.One, m));
    }

    /// <summary>The same with the derivative of the layer below, taken while the sums are in registers.</summary>
    public static void Dot<T, TLayer, TActivation>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> dzBelow, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IDerivativeFromOutput<T>
    {
        Check<T, TLayer>(w, TLayer.Outputs, dz, dzBelow, m);
        KernelGuard.Rows(a.Length, m, TLayer.InputGradientRowStride, nameof(a));
        VectorDispatch.Run<T, BroadcastProduct<T, Backward<TLayer>, DerivativeEpilogue<T, TActivation>>>(
            new(in First(dz), in First(w), in First(a), ref MemoryMarshal.GetReference(dzBelow), m));
    }

    // Memory for a panel; taken whatever the batch, so that a larger one takes no more.
    private static Span<T> Panel<T, TLayer>()
        where T : unmanaged
        where TLayer : struct, IDenseLayer => KernelScratch<T>.Get(Transposition.Rows<TLayer>() * BackwardPanel<T, TLayer>.QStride);

    private static void Panels<T, TLayer, TEpilogue>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> result, Span<T> panel, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
    {
        int input = 0;
        for (; input + BackwardPanel<T, TLayer>.Columns <= TLayer.Inputs; input += BackwardPanel<T, TLayer>.Columns)
        {
            Columns<T, TLayer, BackwardPanel<T, TLayer>, TEpilogue>(input, w, dz, a, result, panel, m);
        }

        if (input < TLayer.Inputs)
        {
            Columns<T, TLayer, BackwardLastPanel<T, TLayer>, TEpilogue>(input, w, dz, a, result, panel, m);
        }
    }

    // One panel of inputs, for all examples.
    private static void Columns<T, TLayer, TShape, TEpilogue>(
        int input, ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> result, Span<T> panel, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TShape : struct, IProductShape
        where TEpilogue : struct, IEpilogue<T>
    {
        Transposition.Run<T, TLayer>(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(w), (nint)input * TLayer.WeightStride),
            TShape.Columns,
            ref MemoryMarshal.GetReference(panel),
            TShape.QStride);
        VectorDispatch.Run<T, BroadcastProduct<T, TShape, TEpilogue>>(
            new(
                in First(dz),
                in First<T>(panel),
                in Unsafe.Add(ref MemoryMarshal.GetReference(a), input),
                ref Unsafe.Add(ref MemoryMarshal.GetReference(result), input),
                m));
    }

    private static void Check<T, TLayer>(ReadOnlySpan<T> w, int weightRows, ReadOnlySpan<T> dz, Span<T> da, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(w.Length, weightRows, TLayer.WeightStride, nameof(w));
        KernelGuard.Rows(dz.Length, m, TLayer.RowStride, nameof(dz));
        KernelGuard.Rows(da.Length, m, TLayer.InputGradientRowStride, nameof(da));
    }

    private static ref readonly T First<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);
}
