using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>What a layer passes down: DA[l−1] = Wᵀ DZ, without the 1/m, or at once DZ[l−1] = Wᵀ DZ ∘ g'(Z[l−1]).</summary>
/// <remarks>
/// In each method dz is DZ, m rows; the result has m rows and is overwritten; its padding, zero before, stays zero. Where a is asked
/// for, it is A[l−1], m rows, from which g' follows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseBackward
{
    /// <summary>A layer with lanes across outputs: sums of rows of W transposed, or for few examples dot products of rows of W and DZ.</summary>
    /// <param name="w">W.</param>
    /// <param name="dz">DZ, m rows.</param>
    /// <param name="da">DA[l−1], m rows; overwritten.</param>
    /// <param name="transposed">Room for W transposed; overwritten. Empty to do without.</param>
    /// <param name="m">The batch size.</param>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, Span<T> transposed, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(w, TLayer.Inputs, dz, da, m);
        if (m >= TLayer.FewestTransposed && !transposed.IsEmpty)
        {
            Transposition.Run<T, TLayer>(w, transposed);
            VectorDispatch.Run<T, BroadcastProduct<T, BackwardTransposed<TLayer>, PlainEpilogue<T>>>(
                new(
                    in First(dz),
                    in First<T>(transposed),
                    in Unsafe.NullRef<T>(),
                    ref Unsafe.NullRef<T>(),
                    ref MemoryMarshal.GetReference(da),
                    T.One,
                    m));
            return;
        }

        VectorDispatch.Run<T, DotProduct<T, Backward<TLayer>>>(
            new(in First(dz), in First(w), in Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(da), m));
    }

    /// <summary>The same with the derivative of the layer below, taken while the sums are in registers.</summary>
    public static void Lanes<T, TLayer, TBelow, TActivation>(
        ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> dzBelow, Span<T> transposed, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TBelow : struct, IDenseLayer
        where TActivation : struct, IDerivativeFromOutput<T>
    {
        if (m < TLayer.FewestTransposed || transposed.IsEmpty)
        {
            Lanes<T, TLayer>(w, dz, dzBelow, transposed, m);
            ActivationGradient.FromOutput<T, TBelow, TActivation>(a, dzBelow, m);
            return;
        }

        Check<T, TLayer>(w, TLayer.Inputs, dz, dzBelow, m);
        KernelGuard.Rows(a.Length, m, TLayer.InputGradientRowStride, nameof(a));
        Transposition.Run<T, TLayer>(w, transposed);
        VectorDispatch.Run<T, BroadcastProduct<T, BackwardTransposed<TLayer>, DerivativeEpilogue<T, TActivation>>>(
            new(in First(dz), in First<T>(transposed), in First(a), ref MemoryMarshal.GetReference(dzBelow), m));
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
