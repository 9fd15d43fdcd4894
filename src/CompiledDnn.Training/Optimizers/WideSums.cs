using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn;

/// <summary>
/// Sums over whole blocks, added up in double whatever the numbers are, in one order that depends on the length alone: products of two
/// floats are exact there and cannot overflow.
/// </summary>
internal static class WideSums
{
    /// <summary>Σ x y.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="y">As many numbers.</param>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        return typeof(T) == typeof(float)
            ? Dot(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y))
            : Dot(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
    }

    /// <summary>Σ x².</summary>
    /// <param name="x">Numbers.</param>
    public static double Squares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Squares(MemoryMarshal.Cast<T, float>(x)) : Dot(x, x);

    // Twice the sums of a product: each number is widened only once, so that additions are what is waited for.
    private static double Squares(ReadOnlySpan<float> x)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector256<double> sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        int i = 0;
        for (; i + 32 <= x.Length; i += 32)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i));
            (Vector256<double> x2, Vector256<double> x3) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i + 8));
            (Vector256<double> x4, Vector256<double> x5) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i + 16));
            (Vector256<double> x6, Vector256<double> x7) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i + 24));
            sum0 += x0 * x0;
            sum1 += x1 * x1;
            sum2 += x2 * x2;
            sum3 += x3 * x3;
            sum4 += x4 * x4;
            sum5 += x5 * x5;
            sum6 += x6 * x6;
            sum7 += x7 * x7;
        }

        double sum = Vector256.Sum(sum0 + sum1 + (sum2 + sum3) + (sum4 + sum5 + (sum6 + sum7)));
        for (; i < x.Length; i++)
        {
            sum += (double)x[i] * x[i];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.LoadUnsafe(ref ys, (nuint)i));
            (Vector256<double> x2, Vector256<double> x3) = Vector256.Widen(Vector256.LoadUnsafe(ref xs, (nuint)i + 8));
            (Vector256<double> y2, Vector256<double> y3) = Vector256.Widen(Vector256.LoadUnsafe(ref ys, (nuint)i + 8));
            sum0 += x0 * y0;
            sum1 += x1 * y1;
            sum2 += x2 * y2;
            sum3 += x3 * y3;
        }

        double sum = Vector256.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < x.Length; i++)
        {
            sum += (double)x[i] * y[i];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            sum0 += Vector256.LoadUnsafe(ref xs, (nuint)i) * Vector256.LoadUnsafe(ref ys, (nuint)i);
            sum1 += Vector256.LoadUnsafe(ref xs, (nuint)i + 4) * Vector256.LoadUnsafe(ref ys, (nuint)i + 4);
            sum2 += Vector256.LoadUnsafe(ref xs, (nuint)i + 8) * Vector256.LoadUnsafe(ref ys, (nuint)i + 8);
            sum3 += Vector256.LoadUnsafe(ref xs, (nuint)i + 12) * Vector256.LoadUnsafe(ref ys, (nuint)i + 12);
        }

        double sum = Vector256.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
