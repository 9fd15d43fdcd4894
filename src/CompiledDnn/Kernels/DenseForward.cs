using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Forward propagation of one layer: Z = W A[l−1] + b, A = g(Z).</summary>
/// <remarks>
/// <para>Lanes: W has a row for each input, lanes run across outputs. Dot: W has a row for each output, each output is a dot product.</para>
/// <para>In each method x is A[l−1], m rows; z takes Z, or is empty where nobody needs it; a takes A. z and a are overwritten.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseForward
{
    // Rows of a layer's outputs that are finished together; 48 rows of 64 floats are 12 kB. A multiple of every tile's rows.
    private const int RowsInCache = 48;

    /// <summary>A layer with lanes across outputs and an elementwise activation, fused.</summary>
    public static void Lanes<T, TLayer, TActivation>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IActivation<T>
    {
        Check<T, TLayer>(x, w, TLayer.Inputs, b, z, a, m);
        if (TActivation.IsCheap && (z.IsEmpty || LanesProduct<T, TLayer>.IsOneSum))
        {
            LanesProduct<T, TLayer>.Run<ActivationEpilogue<T, TActivation>>(in First(x), in First(w), in First(b), ref OrNull(z), ref MemoryMarshal.GetReference(a), m);
            return;
        }

        // A tile's worth of a long function would not fit the registers: product and function take turns on rows in the L1 cache, or where the
        // product takes most of the time, on so many that it is at its best.
        Span<T> logits = z.IsEmpty ? a : z;
        int most = TLayer.Inputs > LanesProduct<T, TLayer>.MostTerms ? LanesProduct<T, TLayer>.RowsAtOnce : RowsInCache;
        for (int row = 0; row < m; row += most)
        {
            int rows = Math.Min(most, m - row);
            Span<T> block = logits.Slice(row * TLayer.RowStride, rows * TLayer.RowStride);
            LanesProduct<T, TLayer>.Run<BiasEpilogue<T>>(
                in Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)row * TLayer.InputRowStride),
                in First(w),
                in First(b),
                ref Unsafe.NullRef<T>(),
                ref MemoryMarshal.GetReference(block),
                rows);
            VectorDispatch.Run<T, RowMap<T, TLayer, ActivateOperation<T, TActivation>>>(
                new(in First<T>(block), in First<T>(block), ref MemoryMarshal.GetReference(a[(row * TLayer.RowStride)..]), rows));
        }
    }

    /// <summary>A layer with lanes across outputs and an activation over whole rows.</summary>
    public static void LanesRow<T, TLayer, TActivation>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
    {
        Check<T, TLayer>(x, w, TLayer.Inputs, b, z, a, m);
        Span<T> logits = z.IsEmpty ? a : z;
        LanesProduct<T, TLayer>.Run<BiasEpilogue<T>>(in First(x), in First(w), in First(b), ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(logits), m);
        RowActivation.Run<T, TLayer, TActivation>(logits, a, m);
    }

    /// <summary>Z = W A[l−1] + b alone, of a layer with lanes across outputs.</summary>
    public static void LanesLogits<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, w, TLayer.Inputs, b, default, z, m);
        LanesProduct<T, TLayer>.Run<BiasEpilogue<T>>(in First(x), in First(w), in First(b), ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(z), m);
    }

    /// <summary>A layer of dot products and an elementwise activation.</summary>
    public static void Dot<T, TLayer, TActivation>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IActivation<T>
    {
        Check<T, TLayer>(x, w, TLayer.Outputs, b, z, a, m);
        Span<T> logits = z.IsEmpty ? a : z;
        DotProducts<T, TLayer>(x, w, b, logits, m);
        VectorDispatch.Run<T, RowMap<T, TLayer, ActivateOperation<T, TActivation>>>(
            new(in First<T>(logits), in First<T>(logits), ref MemoryMarshal.GetReference(a), m));
    }

    /// <summary>A layer of dot products and an activation over whole rows.</summary>
    public static void DotRow<T, TLayer, TActivation>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
    {
        Check<T, TLayer>(x, w, TLayer.Outputs, b, z, a, m);
        Span<T> logits = z.IsEmpty ? a : z;
        DotProducts<T, TLayer>(x, w, b, logits, m);
        RowActivation.Run<T, TLayer, TActivation>(logits, a, m);
    }

    /// <summary>Z = W A[l−1] + b alone, of a layer of dot products.</summary>
    public static void DotLogits<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, w, TLayer.Outputs, b, default, z, m);
        DotProducts<T, TLayer>(x, w, b, z, m);
    }

    private static void DotProducts<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        if (OneColumnProduct<T, Forward<TLayer>>.Fits)
        {
            VectorDispatch.Run<T, OneColumnProduct<T, Forward<TLayer>>>(
                new(in First(x), in First(w), in First(b), ref MemoryMarshal.GetReference(z), m));
        }
        else
        {
            VectorDispatch.Run<T, DotProduct<T, Forward<TLayer>>>(
                new(in First(x), in First(w), in First(b), ref MemoryMarshal.GetReference(z), m));
        }
    }

    private static void Check<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, int weightRows, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(x.Length, m, TLayer.InputRowStride, nameof(x));
        KernelGuard.Rows(w.Length, weightRows, TLayer.WeightStride, nameof(w));
        KernelGuard.Rows(b.Length, 1, KernelGuard.WholeLines<T>(TLayer.Outputs), nameof(b));
        KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        if (!z.IsEmpty)
        {
            KernelGuard.Rows(z.Length, m, TLayer.RowStride, nameof(z));
        }
    }

    private static ref readonly T First<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);

    private static ref T OrNull<T>(Span<T> span) => ref span.IsEmpty ? ref Unsafe.NullRef<T>() : ref MemoryMarshal.GetReference(span);
}
