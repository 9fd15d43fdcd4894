using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

/// <summary>The functions of the vector operations against references, in units of the last place.</summary>
/// <remarks>The bounds are the errors that <see cref="VectorFunctions"/> states, plus half a unit for a rounded reference.</remarks>
public class FunctionAccuracyTests
{
    private readonly struct Exp<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Exp(x);
    }

    private readonly struct Log<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Log(x);
    }

    private readonly struct Sigmoid<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Sigmoid(x);
    }

    private readonly struct LogOnePlus<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.LogOnePlus(x);
    }

    private readonly struct LogOnePlusAtMostOne<T> : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => VectorFunctions.LogOnePlusAtMostOne<TOps, TVector, T>(x);
    }

    private readonly struct ExpMinusOne<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.ExpMinusOne(x);
    }

    private readonly struct Tanh<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Tanh(x);
    }

    private readonly struct Erf<T> : ILaneFunction<T>
        where T : unmanaged
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Erf(x);
    }

    // With the exponential that it is given.
    private readonly struct NormalTail<T> : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            VectorFunctions.NormalTail<TOps, TVector, T>(x, TOps.Exp(TOps.Multiply(TOps.Multiply(x, TOps.Constant(-0.5)), x)));
    }

    private const int Many = 20_000;

    private static float[] Floats(double from, double to, params float[] edges) =>
    [
        .. edges, .. Lanes.Uniform<float>(Many, from, to, seed: 1), .. Lanes.Uniform<float>(Many, Math.Max(from, -2), Math.Min(to, 2), seed: 2),
        .. Lanes.Powers<float>(Many, -30, Math.Log10(to == 0 ? -from : to), seed: 3, sign: to == 0 ? -1 : 1),
    ];

    [Fact]
    public void Float_functions_are_as_accurate_as_they_say()
    {
        // Down to the smallest normal number; what lies below is tested with the limits.
        Float<Exp<float>>(1, Floats(-87, 88, 0), Math.Exp);
        Float<Log<float>>(2.3, Floats(1e-30, 10, 1, float.MaxValue), Math.Log);
        Float<Sigmoid<float>>(2.4, Floats(-87, 40, 0, -4.849311f), Reference.Sigmoid);
        Float<LogOnePlus<float>>(2.9, Floats(-0.9999, 1e4, 0, 0.48452976f, float.MaxValue), Reference.LogOnePlus);
        Float<LogOnePlusAtMostOne<float>>(2, Floats(1e-30, 1, 0, 1, 0.06427562236785889f), Reference.LogOnePlus);
        Float<ExpMinusOne<float>>(1.5, Floats(-100, 0, 0, -0.06255245f), Reference.ExpMinusOne);
        Float<Tanh<float>>(1.4, Floats(-12, 12, 0, 0.625f, -0.6272138f, MathF.BitDecrement(0.625f)), Math.Tanh);
        Float<Erf<float>>(1.2, Floats(-5, 5, 0, 1, -1, 4, 1.0225954f, MathF.BitDecrement(1), MathF.BitDecrement(4)), Reference.Erf);
    }

    private static void Float<TFunction>(double bound, float[] x, Func<double, double> expected)
        where TFunction : struct, ILaneFunction<float>
    {
        foreach (int bits in Lanes.Widths)
        {
            Lanes.AssertUlps(bound, x, Lanes.Map<TFunction, float>(x, bits), v => expected(v));
        }
    }

    [Fact]
    public void Double_functions_meet_the_reference_points()
    {
        Double<Sigmoid<double>>(2.6, ReferencePoints.Sigmoid);
        Double<LogOnePlus<double>>(3.6, ReferencePoints.LogOnePlus);
        Double<LogOnePlusAtMostOne<double>>(2.4, [.. ReferencePoints.LogOnePlus.Where(point => point.X is >= 0 and <= 1)]);
        Double<ExpMinusOne<double>>(1.5, ReferencePoints.ExpMinusOne);
        Double<Tanh<double>>(1.8, ReferencePoints.Tanh);
        Double<Erf<double>>(1.8, ReferencePoints.Erf);
    }

    private static void Double<TFunction>(double bound, (double X, double Value)[] points)
        where TFunction : struct, ILaneFunction<double>
    {
        double[] x = [.. points.Select(p => p.X)];
        var values = points.DistinctBy(p => p.X).ToDictionary(p => p.X, p => p.Value);
        foreach (int bits in Lanes.Widths)
        {
            Lanes.AssertUlps(bound, x, Lanes.Map<TFunction, double>(x, bits), v => values[v]);
        }
    }

    [Fact]
    public void Double_functions_stay_near_the_framework_between_the_reference_points()
    {
        // The references round too: some units are theirs.
        Dense<Exp<double>>(1.6, Lanes.Uniform<double>(Many, -700, 700, seed: 4), Math.Exp);
        Dense<Log<double>>(3.6, Lanes.Powers<double>(Many, -300, 300, seed: 5), Math.Log);
        Dense<Sigmoid<double>>(4, Lanes.Uniform<double>(Many, -40, 40, seed: 6), Reference.Sigmoid);
        Dense<LogOnePlus<double>>(5, Lanes.Uniform<double>(Many, -0.0099, 0.0099, seed: 7), Reference.LogOnePlus);
        Dense<LogOnePlusAtMostOne<double>>(4, Lanes.Uniform<double>(Many, 0, 0.0099, seed: 12), Reference.LogOnePlus);
        Dense<ExpMinusOne<double>>(5, Lanes.Uniform<double>(Many, -0.0999, 0, seed: 8), Reference.ExpMinusOne);
        Dense<Tanh<double>>(3, Lanes.Uniform<double>(Many, -20, 20, seed: 9), Math.Tanh);
        Dense<Tanh<double>>(3, Lanes.Uniform<double>(Many, -1, 1, seed: 10), Math.Tanh);
        Dense<Erf<double>>(16, Lanes.Uniform<double>(Many, -2, 2, seed: 11), Reference.Erf);
    }

    [Fact]
    public void The_normal_tail_is_right_beside_one()
    {
        Tail(9e-8, Floats(0, 7, 0, 6, MathF.BitIncrement(6)), x => (1 - Reference.Erf(x / Math.Sqrt(2))) / 2);
        (double X, double Value)[] points = [.. ReferencePoints.Erf.Where(point => point.X >= 0).Select(point => (point.X * Math.Sqrt(2), (1 - point.Value) / 2))];
        var values = points.DistinctBy(point => point.X).ToDictionary(point => point.X, point => point.Value);
        Tail(4e-16, [.. values.Keys], x => values[x]);
    }

    private static void Tail<T>(double bound, T[] x, Func<double, double> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int bits in Lanes.Widths)
        {
            T[] actual = Lanes.Map<NormalTail<T>, T>(x, bits);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(expected(Lanes.Value(x[i])), Lanes.Value(actual[i]), bound);
            }
        }
    }

    [Fact]
    public void Far_out_the_normal_tail_stays_small_beside_its_exponential()
    {
        foreach (int bits in Lanes.Widths)
        {
            // Mills: φ(x) / x bounds it from above, and the polynomial is held where it is 1 / 13 to 1 / 23 of the exponential.
            float[] tails = Lanes.Map<NormalTail<float>, float>([6.5f, 8, 10, 13, 100, float.MaxValue], bits);
            Assert.All(tails, tail => Assert.InRange(tail, 0, 4.5e-11f));
            double[] more = Lanes.Map<NormalTail<double>, double>([9.5, 12, 20, 38, 100, double.MaxValue], bits);
            Assert.All(more, tail => Assert.InRange(tail, 0, 1.2e-21));
        }
    }

    private static void Dense<TFunction>(double bound, double[] x, Func<double, double> expected)
        where TFunction : struct, ILaneFunction<double>
    {
        foreach (int bits in Lanes.Widths)
        {
            Lanes.AssertUlps(bound, x, Lanes.Map<TFunction, double>(x, bits), expected);
        }
    }

    [Fact]
    public void The_exponential_is_right_to_both_ends_of_its_range()
    {
        Float<Exp<float>>(1, [88.5f, 88.7f, 88.722f, 88.73f, 89, 90, -87.4f, -90, -100, -103, -103.9f, -104, -105], Math.Exp);
        Dense<Exp<double>>(1.6, [709, 709.7, 709.79, 710, 711, -708.5, -720, -740, -745, -745.2, -746, -747], Math.Exp);
    }

    [Fact]
    public void The_hyperbolic_tangent_is_odd_to_the_bit()
    {
        Odd<float>();
        Odd<double>();
    }

    private static void Odd<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = [T.Zero, T.Epsilon, Lanes.Number<T>(0.625), .. Lanes.Powers<T>(1000, -30, 4, seed: 12)];
        foreach (int bits in Lanes.Widths)
        {
            T[] plus = Lanes.Map<Tanh<T>, T>(x, bits);
            T[] minus = Lanes.Map<Tanh<T>, T>([.. x.Select(v => -v)], bits);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.True(minus[i] == -plus[i] && T.IsNegative(minus[i]), $"tanh of ∓{x[i]} is {minus[i]} and {plus[i]} on {bits} bits.");
            }
        }
    }

    [Fact]
    public void Limits_and_NaN_are_the_functions_own()
    {
        Limits<float>();
        Limits<double>();
    }

    private static void Limits<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T inf = T.PositiveInfinity, big = T.CreateTruncating(1e4);
        T[] x = [inf, big, Lanes.Number<T>(1e30), T.Zero, -big, -inf, T.NaN];
        Expect<Sigmoid<T>, T>(x, [T.One, T.One, T.One, T.CreateTruncating(0.5), T.Zero, T.Zero, T.NaN]);
        Expect<Tanh<T>, T>(x, [T.One, T.One, T.One, T.Zero, -T.One, -T.One, T.NaN]);
        Expect<Erf<T>, T>(x, [T.One, T.One, T.One, T.Zero, -T.One, -T.One, T.NaN]);
        Expect<Exp<T>, T>(x, [inf, inf, inf, T.One, T.Zero, T.Zero, T.NaN]);
        Expect<Log<T>, T>([inf, T.One, T.Zero, T.NaN], [inf, T.Zero, -inf, T.NaN]);
        Expect<LogOnePlus<T>, T>([inf, T.Zero, T.NaN, T.Epsilon], [inf, T.Zero, T.NaN, T.Epsilon]);
        Expect<LogOnePlusAtMostOne<T>, T>([T.Zero, T.NaN], [T.Zero, T.NaN]);
        Expect<ExpMinusOne<T>, T>([T.Zero, -big, -inf, T.NaN], [T.Zero, -T.One, -T.One, T.NaN]);
    }

    private static void Expect<TFunction, T>(T[] x, T[] expected)
        where TFunction : struct, ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int bits in Lanes.Widths)
        {
            var actual = Lanes.Map<TFunction, T>(x, bits);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.True(
                    actual[i].Equals(expected[i]),
                    $"{typeof(TFunction).Name} of {x[i]} is {actual[i]} on {bits} bits, expected {expected[i]}.");
            }
        }
    }
}
