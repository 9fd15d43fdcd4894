using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>
/// Inverted dropout: each number is kept with probability 1 − p and divided by it, or replaced by zero. The way up and the way down of a
/// step use one mask, which neither of them stores.
/// </summary>
/// <remarks>N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15 (2014).</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>What the next layer reads: A ∘ M / (1 − p).</summary>
    /// <param name="a">A, rows of the layer's stride, of the examples from <paramref name="first"/> on.</param>
    /// <param name="dropped">The result; overwritten. Its padding, zero before, stays zero.</param>
    /// <param name="key">The workspace's key of the step and the layer.</param>
    /// <param name="first">Where in the batch the first example is.</param>
    /// <param name="count">How many examples.</param>
    public static void Forward<T, TLayer>(ReadOnlySpan<T> a, Span<T> dropped, ulong key, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(a.Length, count, TLayer.RowStride, nameof(a));
        KernelGuard.Rows(dropped.Length, count, TLayer.RowStride, nameof(dropped));
        Run<T, TLayer>(ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(dropped), key, first, count);
    }

    /// <summary>The same mask for what comes down: DZ ∘ M / (1 − p), in place.</summary>
    /// <param name="dz">DZ, rows of the layer's stride, of the examples from <paramref name="first"/> on; updated. Its padding, zero before, stays zero.</param>
    /// <param name="key">The workspace's key of the step and the layer.</param>
    /// <param name="first">Where in the batch the first example is.</param>
    /// <param name="count">How many examples.</param>
    public static void Backward<T, TLayer>(Span<T> dz, ulong key, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(dz.Length, count, TLayer.RowStride, nameof(dz));
        ref T rows = ref MemoryMarshal.GetReference(dz);
        Run<T, TLayer>(ref rows, ref rows, key, first, count);
    }

    // The words of a hash are no part of what every kernel may ask of its vectors, so the choice among these is made here.
    private static void Run<T, TLayer>(ref T source, ref T result, ulong key, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Rows<Vector512Ops<T>, Vector512<T>, T, TLayer>(ref source, ref result, key, first, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Rows<Vector256Ops<T>, Vector256<T>, T, TLayer>(ref source, ref result, key, first, count);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Rows<Vector128Ops<T>, Vector128<T>, T, TLayer>(ref source, ref result, key, first, count);
        }
        else
        {
            Rows<ScalarOps<T>, T, T, TLayer>(ref source, ref result, key, first, count);
        }
    }

    /// <summary>The loop, for one kind of vector. Rows are whole cache lines: dropout is for hidden layers.</summary>
    [MethodImpl(KernelMethod.Alone)]
    internal static void Rows<TOps, TVector, T, TLayer>(ref T source, ref T result, ulong key, int first, int count)
        where TOps : struct, IVectorOps<TVector, T>, IWordOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        uint bound = DropoutMask.Bound(TLayer.DropoutRate);
        TVector scale = TOps.Constant(1 / (1 - TLayer.DropoutRate));
        for (int row = 0; row < count; row++)
        {
            (uint First, uint Second) example = DropoutMask.Example(key, first + row);
            nint at = (nint)row * TLayer.RowStride;
            for (int unit = 0; unit < TLayer.Outputs; unit += TOps.Count, at += TOps.Count)
            {
                TVector isKept = TOps.AreAtLeast(DropoutMask.Words<TOps, TVector>(example, unit), bound);
                TVector scaled = TOps.Multiply(TOps.Load(ref Unsafe.Add(ref source, at)), scale);
                TVector kept = TOps.Select(isKept, scaled, TOps.Zero);
                TOps.Store(TOps.KeepFirst(kept, Math.Min(TOps.Count, TLayer.Outputs - unit)), ref Unsafe.Add(ref result, at));
            }
        }
    }
}
