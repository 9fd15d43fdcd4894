using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Transposes a small square in registers: 8 × 8 floats or 4 × 4 doubles in vectors of 256 bits, else 4 × 4 floats or 2 × 2 doubles in
/// vectors of 128 bits.
/// </summary>
/// <remarks>
/// Rows are interleaved in pairs, the pairs in pairs, until every vector is a column. The framework has no interleaving of two
/// vectors that is the same for every processor, so each has its own here.
/// </remarks>
internal static class Square
{
    /// <summary>True if this processor can interleave vectors; without it, copying number by number is as good.</summary>
    public static bool IsAccelerated => Avx.IsSupported || Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Rows and columns of a square.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Side<T>()
        where T : unmanaged => (Avx.IsSupported ? 32 : 16) / Unsafe.SizeOf<T>();

    /// <summary>Transposes a square of which only some rows are there; the others count as zeros, and their memory is not read.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="stride">From row to row of the source.</param>
    /// <param name="rows">How many rows are there: 0 to <see cref="Side"/>.</param>
    /// <param name="to">The first number of the result; overwritten.</param>
    /// <param name="toStride">From row to row of the result.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void TransposeFirst<T>(ref T from, int stride, int rows, ref T to, int toStride)
        where T : unmanaged
    {
        if (rows == 0)
        {
            Clear(ref to, toStride);
            return;
        }

        Transpose(ref from, stride, rows, ref to, toStride);
    }

    /// <summary>Transposes a square.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="stride">From row to row of the source.</param>
    /// <param name="to">The first number of the result; overwritten.</param>
    /// <param name="toStride">From row to row of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose<T>(ref T from, int stride, ref T to, int toStride)
        where T : unmanaged => Transpose(ref from, stride, Side<T>(), ref to, toStride);

    private static void Clear<T>(ref T to, int toStride)
        where T : unmanaged
    {
        for (int row = 0; row < Side<T>(); row++)
        {
            ref T target = ref Unsafe.Add(ref to, (nint)row * toStride);
            if (Avx.IsSupported)
            {
                Vector256<T>.Zero.StoreUnsafe(ref target);
            }
            else
            {
                Vector128<T>.Zero.StoreUnsafe(ref target);
            }
        }
    }

    /// <summary>The same in the place of a call: no comparisons where <paramref name="rows"/> is a constant.</summary>
    /// <inheritdoc cref="TransposeFirst"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose<T>(ref T from, int stride, int rows, ref T to, int toStride)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            ref float source = ref Unsafe.As<T, float>(ref from);
            ref float target = ref Unsafe.As<T, float>(ref to);
            if (Avx.IsSupported)
            {
                Eight(ref source, stride, rows, ref target, toStride);
            }
            else
            {
                Four(ref source, stride, rows, ref target, toStride);
            }
        }
        else
        {
            ref double source = ref Unsafe.As<T, double>(ref from);
            ref double target = ref Unsafe.As<T, double>(ref to);
            if (Avx.IsSupported)
            {
                Four(ref source, stride, rows, ref target, toStride);
            }
            else
            {
                Two(ref source, stride, rows, ref target, toStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref float from, int stride, int rows, ref float to, int toStride)
    {
        // The right half of the upper rows changes places with the left half of the lower rows as they are read.
        Vector256<float> r0 = Halves(ref from, 0, stride, rows), r1 = Halves(ref from, 1, stride, rows);
        Vector256<float> r2 = Halves(ref from, 2, stride, rows), r3 = Halves(ref from, 3, stride, rows);
        ref float right = ref Unsafe.Add(ref from, 4);
        Vector256<float> r4 = Halves(ref right, 0, stride, rows), r5 = Halves(ref right, 1, stride, rows);
        Vector256<float> r6 = Halves(ref right, 2, stride, rows), r7 = Halves(ref right, 3, stride, rows);
        Columns(r0, r1, r2, r3, ref to, toStride);
        Columns(r4, r5, r6, r7, ref Unsafe.Add(ref to, 4 * toStride), toStride);
    }

    // Four numbers of a row, and beside them four of the row four below; two of doubles, and the row two below.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Halves<T>(ref T from, int row, int stride, int rows)
        where T : unmanaged => Vector256.Create(Row(ref from, row, stride, rows), Row(ref from, row + Vector128<T>.Count, stride, rows));

    // The numbers of a row that fill 128 bits; zeros if it is not there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Row<T>(ref T from, int row, int stride, int rows)
        where T : unmanaged => row < rows ? Vector128.LoadUnsafe(ref Unsafe.Add(ref from, (nint)row * stride)) : Vector128<T>.Zero;

    // Both halves of four vectors, each a square of 4 × 4, become four columns of eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, ref float to, int toStride)
    {
        Vector256<double> p0 = Avx.UnpackLow(r0, r1).AsDouble(), p1 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> p2 = Avx.UnpackLow(r2, r3).AsDouble(), p3 = Avx.UnpackHigh(r2, r3).AsDouble();
        Avx.UnpackLow(p0, p2).AsSingle().StoreUnsafe(ref to);
        Avx.UnpackHigh(p0, p2).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)toStride));
        Avx.UnpackLow(p1, p3).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)2 * toStride));
        Avx.UnpackHigh(p1, p3).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref float from, int stride, int rows, ref float to, int toStride)
    {
        Vector128<float> r0 = Row(ref from, 0, stride, rows), r1 = Row(ref from, 1, stride, rows);
        Vector128<float> r2 = Row(ref from, 2, stride, rows), r3 = Row(ref from, 3, stride, rows);
        Vector128<double> p0 = Low(r0, r1).AsDouble(), p1 = High(r0, r1).AsDouble();
        Vector128<double> p2 = Low(r2, r3).AsDouble(), p3 = High(r2, r3).AsDouble();
        Low(p0, p2).AsSingle().StoreUnsafe(ref to);
        High(p0, p2).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)toStride));
        Low(p1, p3).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)2 * toStride));
        High(p1, p3).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, (nint)3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref double from, int stride, int rows, ref double to, int toStride)
    {
        Vector256<double> r0 = Halves(ref from, 0, stride, rows), r1 = Halves(ref from, 1, stride, rows);
        ref double right = ref Unsafe.Add(ref from, 2);
        Vector256<double> r2 = Halves(ref right, 0, stride, rows), r3 = Halves(ref right, 1, stride, rows);
        Avx.UnpackLow(r0, r1).StoreUnsafe(ref to);
        Avx.UnpackHigh(r0, r1).StoreUnsafe(ref Unsafe.Add(ref to, (nint)toStride));
        Avx.UnpackLow(r2, r3).StoreUnsafe(ref Unsafe.Add(ref to, (nint)2 * toStride));
        Avx.UnpackHigh(r2, r3).StoreUnsafe(ref Unsafe.Add(ref to, (nint)3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref double from, int stride, int rows, ref double to, int toStride)
    {
        Vector128<double> r0 = Row(ref from, 0, stride, rows), r1 = Row(ref from, 1, stride, rows);
        Low(r0, r1).StoreUnsafe(ref to);
        High(r0, r1).StoreUnsafe(ref Unsafe.Add(ref to, (nint)toStride));
    }

    // x0 y0 x1 y1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse2.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    // x2 y2 x3 y3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse2.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    // x0 y0
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    // x1 y1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
