using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Copies W of up to eight inputs and sixteen outputs for a <see cref="TermPairTile{T, TStrides, TEpilogue}"/> that passes DZ down: a vector for every two
/// outputs, W[0, j], W[0, j + 1], W[1, j], W[1, j + 1] and so on, zeros where inputs or outputs end.
/// </summary>
/// <remarks>
/// The two numbers lie side by side in W, so pairs are transposed as if they were doubles: half the instructions of a <see cref="Square"/> of
/// floats, whose rows the tile would have to interleave again.
/// </remarks>
internal static class PairTransposition<T, TLayer>
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    /// <summary>True if W is so small, the rows of W, Z and A[l−1] are a cache line each, and steps work with 512 bits.</summary>
    public static bool Fits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) && Vector512.IsHardwareAccelerated && Avx512F.IsSupported
            && TLayer.Inputs <= Vector512<double>.Count && TLayer.Outputs <= Vector512<float>.Count
            && TLayer.WeightStride == Vector512<float>.Count && TLayer.RowStride == Vector512<float>.Count
            && TLayer.InputGradientRowStride == Vector512<float>.Count;
    }

    /// <summary>Copies all of W.</summary>
    /// <param name="w">W, rows of a cache line padded with zeros.</param>
    /// <param name="pairs">Takes a vector for every two outputs, whole fours of vectors.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run(ref T w, ref T pairs)
    {
        ref double from = ref Unsafe.As<T, double>(ref w), to = ref Unsafe.As<T, double>(ref pairs);
        Four(ref from, ref to);
        if (TLayer.Outputs > Vector512<double>.Count)
        {
            Four(ref Unsafe.Add(ref from, 4), ref Unsafe.Add(ref to, 4 * Vector512<double>.Count));
        }
    }

    // Four pairs of each input become four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref double from, ref double to)
    {
        Vector512<double> r02 = Rows(ref from, 0, 2), r13 = Rows(ref from, 1, 3);
        Vector512<double> r46 = Rows(ref from, 4, 6), r57 = Rows(ref from, 5, 7);

        // Pairs 0 and 2, pairs 1 and 3 of inputs 0 to 3, and of inputs 4 to 7
        Vector512<double> even = Avx512F.UnpackLow(r02, r13), odd = Avx512F.UnpackHigh(r02, r13);
        Vector512<double> evenBelow = Avx512F.UnpackLow(r46, r57), oddBelow = Avx512F.UnpackHigh(r46, r57);
        Avx512F.Shuffle4x128(even, evenBelow, 0x88).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(odd, oddBelow, 0x88).StoreUnsafe(ref Unsafe.Add(ref to, Vector512<double>.Count));
        Avx512F.Shuffle4x128(even, evenBelow, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 2 * Vector512<double>.Count));
        Avx512F.Shuffle4x128(odd, oddBelow, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 3 * Vector512<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Rows(ref double from, int lower, int upper) => Vector512.Create(Row(ref from, lower), Row(ref from, upper));

    // Four pairs of an input; zeros if it is not there, and its memory is not read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Row(ref double from, int row) =>
        row < TLayer.Inputs ? Vector256.LoadUnsafe(ref Unsafe.Add(ref from, row * Vector512<double>.Count)) : Vector256<double>.Zero;
}
