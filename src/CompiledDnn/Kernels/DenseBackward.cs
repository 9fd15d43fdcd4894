using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>What a layer passes down: DA[l−1] = Wᵀ DZ, without the 1/m.</summary>
/// <remarks>In each method dz is DZ, m rows; da takes DA[l−1], m rows, and is overwritten; its padding, zero before, stays zero.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseBackward
{
    // From so many examples on, copying W transposed costs less than the sums over lanes that it spares.
    private const int WorthTransposing = 8;

    /// <summary>
    /// A layer with lanes across outputs: sums of rows of W transposed, or for few examples dot products of rows of W and DZ. W is
    /// transposed in panels of four lines of inputs, each used for all examples while it is in the L2 cache.
    /// </summary>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(w, TLayer.Inputs, dz, da, m);

        // Taken whatever the batch, so that a larger one takes no more.
        Span<T> panel = KernelScratch<T>.Get(TLayer.Outputs * BackwardPanel<T, TLayer>.QStride);
        if (m < WorthTransposing)
        {
            VectorDispatch.Run<T, DotProduct<T, Backward<TLayer>>>(
                new(in First(dz), in First(w), in Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(da), m));
            return;
        }

        int input = 0;
        for (; input + BackwardPanel<T, TLayer>.Columns <= TLayer.Inputs; input += BackwardPanel<T, TLayer>.Columns)
        {
            Panel<T, TLayer, BackwardPanel<T, TLayer>>(input, w, dz, da, panel, m);
        }

        if (input < TLayer.Inputs)
        {
            Panel<T, TLayer, BackwardLastPanel<T, TLayer>>(input, w, dz, da, panel, m);
        }
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

    private static void Panel<T, TLayer, TShape>(int input, ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, Span<T> panel, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TShape : struct, IProductShape
    {
        Transposition.Run<T, TLayer>(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(w), (nint)input * TLayer.WeightStride),
            TShape.Columns,
            ref MemoryMarshal.GetReference(panel),
            TShape.QStride);
        VectorDispatch.Run<T, BroadcastProduct<T, TShape, PlainEpilogue<T>>>(
            new(
                in First(dz),
                in First<T>(panel),
                in Unsafe.NullRef<T>(),
                ref Unsafe.NullRef<T>(),
                ref Unsafe.Add(ref MemoryMarshal.GetReference(da), input),
                T.One,
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
