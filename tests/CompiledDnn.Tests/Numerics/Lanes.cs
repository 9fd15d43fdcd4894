using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

/// <summary>A function of one vector, to be run with any of the vector operations.</summary>
internal interface ILaneFunction<T>
    where T : unmanaged
{
    static abstract TVector Call<TOps, TVector>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>Runs functions of vectors over arrays and measures how far apart two numbers are.</summary>
internal static class Lanes
{
    public static readonly int[] Widths = [1, 128, 256, 512];

    public static T[] Map<TFunction, T>(T[] x, int bits)
        where TFunction : struct, ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => bits switch
        {
            512 => Map<TFunction, Vector512Ops<T>, Vector512<T>, T>(x),
            256 => Map<TFunction, Vector256Ops<T>, Vector256<T>, T>(x),
            128 => Map<TFunction, Vector128Ops<T>, Vector128<T>, T>(x),
            _ => Map<TFunction, ScalarOps<T>, T, T>(x),
        };

    private static T[] Map<TFunction, TOps, TVector, T>(T[] x)
        where TFunction : struct, ILaneFunction<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = new T[x.Length + TOps.Count];
        x.CopyTo(padded, 0);
        for (int i = 0; i < x.Length; i += TOps.Count)
        {
            TOps.Store(TFunction.Call<TOps, TVector>(TOps.Load(in padded[i])), ref padded[i]);
        }

        return padded[..x.Length];
    }

    public static T Number<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(value);

    public static double Value<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(value);

    /// <summary>The distance in units of the last place of the expected number, in T; 0 for two NaN or two like infinities.</summary>
    public static double Ulps<T>(T actual, double expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rounded = T.CreateTruncating(expected);
        if (T.IsNaN(rounded) || T.IsNaN(actual))
        {
            return T.IsNaN(rounded) && T.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (T.IsInfinity(rounded) || T.IsInfinity(actual))
        {
            return rounded == actual ? 0 : double.PositiveInfinity;
        }

        var magnitude = T.Abs(rounded);
        var place = Value(T.BitIncrement(magnitude) - magnitude);
        return Math.Abs(Value(actual) - expected) / place;
    }

    /// <summary>Asserts that every lane is within so many units of the last place.</summary>
    public static void AssertUlps<T>(double bound, T[] x, T[] actual, Func<T, double> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            var want = expected(x[i]);
            var error = Ulps(actual[i], want);
            Assert.True(error <= bound, $"f({x[i]:R}) = {actual[i]:R}, expected {want:R}: {error:F2} ulp, allowed {bound}.");
        }
    }

    /// <summary>Numbers from a range, the same for the same seed.</summary>
    public static T[] Uniform<T>(int count, double from, double to, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Number<T>(from + (random.NextDouble() * (to - from))))];
    }

    /// <summary>Numbers of every magnitude between two powers of ten, of one sign.</summary>
    public static T[] Powers<T>(int count, double fromExponent, double toExponent, int seed, int sign = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Number<T>(sign * Math.Pow(10, fromExponent + (random.NextDouble() * (toExponent - fromExponent)))))];
    }
}
