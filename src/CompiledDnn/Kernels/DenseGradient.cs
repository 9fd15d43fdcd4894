using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>The gradient of one layer: DW = DZ A[l−1]ᵀ / m, DB = Σ DZ / m.</summary>
/// <remarks>In each method x is A[l−1], m rows; dz is DZ, m rows; dw and db are overwritten; their padding, zero before, stays zero.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseGradient
{
    /// <summary>A layer with lanes across outputs: a row of DW for each input.</summary>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, dz, dw, TLayer.Inputs, db, m);
        VectorDispatch.Run<T, BroadcastProduct<T, GradientLanes<TLayer>, MeanEpilogue<T>>>(
            new(in First(x), in First(dz), in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(dw), m));
        Biases<T, TLayer>(dz, db, m);
    }

    /// <summary>A layer of dot products: a row of DW for each output.</summary>
    public static void Dot<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, dz, dw, TLayer.Outputs, db, m);
        VectorDispatch.Run<T, BroadcastProduct<T, GradientDot<TLayer>, MeanEpilogue<T>>>(
            new(in First(dz), in First(x), in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(dw), m));
        Biases<T, TLayer>(dz, db, m);
    }

    private static void Biases<T, TLayer>(ReadOnlySpan<T> dz, Span<T> db, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        db.Clear();
        for (int row = 0; row < m; row++)
        {
            ReadOnlySpan<T> gradient = dz.Slice(row * TLayer.RowStride, TLayer.Outputs);
            for (int j = 0; j < gradient.Length; j++)
            {
                db[j] += gradient[j];
            }
        }

        T divisor = T.CreateTruncating(m);
        for (int j = 0; j < TLayer.Outputs; j++)
        {
            db[j] /= divisor;
        }
    }

    private static void Check<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, int weightRows, Span<T> db, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(x.Length, m, TLayer.InputRowStride, nameof(x));
        KernelGuard.Rows(dz.Length, m, TLayer.RowStride, nameof(dz));
        KernelGuard.Rows(dw.Length, weightRows, TLayer.WeightStride, nameof(dw));
        KernelGuard.Rows(db.Length, 1, TLayer.Outputs, nameof(db));
    }

    private static ref readonly T First<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);
}
