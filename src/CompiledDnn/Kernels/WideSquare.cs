using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>Transposes a square of 16 × 16 floats or 8 × 8 doubles in vectors of 512 bits.</summary>
/// <remarks>
/// Rows are interleaved in pairs, pairs of floats in pairs again, so that each 128 bits are a piece of a column; then quarters of vectors change
/// places. A vector that is put together from two halves in memory would have to wait until both have been written.
/// </remarks>
internal static class WideSquare
{
    /// <summary>True if <typeparamref name="TVector"/> is a vector that this processor has and can interleave.</summary>
    /// <typeparam name="TVector">A vector.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits<TVector, T>()
        where T : unmanaged => typeof(TVector) == typeof(Vector512<T>) && Avx512F.IsSupported;

    /// <summary>Rows and columns of a square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Side<T>()
        where T : unmanaged => Vector512<T>.Count;

    /// <summary>Transposes a square of which some rows may not be there, and some columns not be wanted.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="stride">From row to row of the source.</param>
    /// <param name="rows">How many rows are there; the others count as zeros, and their memory is not read.</param>
    /// <param name="to">The first number of the result.</param>
    /// <param name="toStride">From row to row of the result.</param>
    /// <param name="columns">How many columns become rows of the result, each a whole vector; the others are left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose<T>(ref T from, int stride, int rows, ref T to, int toStride, int columns)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Sixteen(ref Unsafe.As<T, float>(ref from), stride, rows, ref Unsafe.As<T, float>(ref to), toStride, columns);
        }
        else
        {
            Eight(ref Unsafe.As<T, double>(ref from), stride, rows, ref Unsafe.As<T, double>(ref to), toStride, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(ref float from, int stride, int rows, ref float to, int toStride, int columns)
    {
        Four(ref from, 0, stride, rows, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Four(ref from, 4, stride, rows, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Four(ref from, 8, stride, rows, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Four(ref from, 12, stride, rows, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Quarters(a0, b0, c0, d0, ref to, toStride, 0, 4, columns);
        Quarters(a1, b1, c1, d1, ref to, toStride, 1, 4, columns);
        Quarters(a2, b2, c2, d2, ref to, toStride, 2, 4, columns);
        Quarters(a3, b3, c3, d3, ref to, toStride, 3, 4, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref double from, int stride, int rows, ref double to, int toStride, int columns)
    {
        Vector512<double> r0 = Row(ref from, 0, stride, rows), r1 = Row(ref from, 1, stride, rows);
        Vector512<double> r2 = Row(ref from, 2, stride, rows), r3 = Row(ref from, 3, stride, rows);
        Vector512<double> r4 = Row(ref from, 4, stride, rows), r5 = Row(ref from, 5, stride, rows);
        Vector512<double> r6 = Row(ref from, 6, stride, rows), r7 = Row(ref from, 7, stride, rows);
        Quarters(
            Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7), ref to, toStride, 0, 2, columns);
        Quarters(
            Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7), ref to, toStride, 1, 2, columns);
    }

    // Four rows: quarter q of vector i has their numbers of column 4q + i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ref float from, int row, int stride, int rows, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
    {
        Vector512<float> r0 = Row(ref from, row, stride, rows), r1 = Row(ref from, row + 1, stride, rows);
        Vector512<float> r2 = Row(ref from, row + 2, stride, rows), r3 = Row(ref from, row + 3, stride, rows);
        Vector512<double> p0 = Avx512F.UnpackLow(r0, r1).AsDouble(), p1 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> p2 = Avx512F.UnpackLow(r2, r3).AsDouble(), p3 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        v0 = Avx512F.UnpackLow(p0, p2).AsSingle();
        v1 = Avx512F.UnpackHigh(p0, p2).AsSingle();
        v2 = Avx512F.UnpackLow(p1, p3).AsSingle();
        v3 = Avx512F.UnpackHigh(p1, p3).AsSingle();
    }

    // A square of 4 × 4 quarters: the first of each vector are column `column`, the second the column so many further, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters<T>(
        Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, ref T to, int toStride, int column, int further, int columns)
        where T : unmanaged
    {
        Vector512<double> lowAB = Shuffle(a, b, 0x88), lowCD = Shuffle(c, d, 0x88);
        Vector512<double> highAB = Shuffle(a, b, 0xDD), highCD = Shuffle(c, d, 0xDD);
        Store(Avx512F.Shuffle4x128(lowAB, lowCD, 0x88), ref to, toStride, column, columns);
        Store(Avx512F.Shuffle4x128(highAB, highCD, 0x88), ref to, toStride, column + further, columns);
        Store(Avx512F.Shuffle4x128(lowAB, lowCD, 0xDD), ref to, toStride, column + (2 * further), columns);
        Store(Avx512F.Shuffle4x128(highAB, highCD, 0xDD), ref to, toStride, column + (3 * further), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Shuffle<T>(Vector512<T> x, Vector512<T> y, [ConstantExpected] byte control)
        where T : unmanaged => Avx512F.Shuffle4x128(x.AsDouble(), y.AsDouble(), control);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Row<T>(ref T from, int row, int stride, int rows)
        where T : unmanaged => row < rows ? Vector512.LoadUnsafe(ref Unsafe.Add(ref from, (nint)row * stride)) : Vector512<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<double> value, ref T to, int toStride, int column, int columns)
        where T : unmanaged
    {
        if (column < columns)
        {
            value.As<double, T>().StoreUnsafe(ref Unsafe.Add(ref to, (nint)column * toStride));
        }
    }
}
