using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

/// <summary>Every operation, lane by lane, against the framework's operation on single numbers.</summary>
public abstract class VectorOpsTests<TOps, TVector, T>
    where TOps : struct, IVectorOps<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[] Edges =
    [
        T.Zero, T.NegativeZero, T.One, T.NegativeOne, T.Epsilon, -T.Epsilon, T.NaN, T.PositiveInfinity, T.NegativeInfinity,
        Lanes.Number<T>(1e-40), Lanes.Number<T>(1e30), Lanes.Number<T>(-1e30),
    ];

    private static readonly T[] Values = [.. Edges, .. Lanes.Uniform<T>(100, -10, 10, seed: 1), .. Lanes.Powers<T>(50, -30, 30, seed: 2)];

    [Fact]
    public void Count_is_the_number_of_lanes() =>
        Assert.Equal(Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(), TOps.Count);

    [Fact]
    public void Zero_One_Constant_and_Broadcast_fill_every_lane()
    {
        Assert.All(LanesOf(TOps.Zero), v => Assert.Equal(T.Zero, v));
        Assert.All(LanesOf(TOps.One), v => Assert.Equal(T.One, v));
        Assert.All(LanesOf(TOps.Constant(0.1)), v => Assert.Equal(T.CreateTruncating(0.1), v));
        Assert.All(LanesOf(TOps.Broadcast(T.Pi)), v => Assert.Equal(T.Pi, v));
    }

    [Fact]
    public void Load_and_Store_touch_their_own_numbers_alone_at_any_offset()
    {
        for (int offset = 1; offset < 4; offset++)
        {
            T[] source = Lanes.Uniform<T>(TOps.Count + 8, -1, 1, seed: offset);
            var target = new T[source.Length];
            TOps.Store(TOps.Load(in source[offset]), ref target[offset]);
            for (int i = 0; i < source.Length; i++)
            {
                Assert.Equal(i >= offset && i < offset + TOps.Count ? source[i] : T.Zero, target[i]);
            }
        }
    }

    [Fact]
    public void Arithmetic_equals_that_of_single_numbers()
    {
        Binary(TOps.Add, (x, y) => x + y);
        Binary(TOps.Subtract, (x, y) => x - y);
        Binary(TOps.Multiply, (x, y) => x * y);
        Binary(TOps.Divide, (x, y) => x / y);
        Unary(TOps.Negate, x => -x);
        Unary(TOps.Abs, T.Abs);
        Unary(TOps.Sqrt, T.Sqrt);
    }

    [Fact]
    public void Min_and_Max_give_NaN_if_either_is_NaN()
    {
        Binary(TOps.Min, T.Min);
        Binary(TOps.Max, T.Max);
    }

    [Fact]
    public void MultiplyAdd_is_rounded_once_or_twice()
    {
        var z = TOps.Broadcast(T.Pi);
        Binary((x, y) => TOps.MultiplyAdd(x, y, z), (x, y) => (x * y) + T.Pi, (x, y) => T.FusedMultiplyAdd(x, y, T.Pi));
    }

    [Fact]
    public void Select_takes_what_the_comparisons_give()
    {
        TVector yes = TOps.Broadcast(T.Pi), no = TOps.Broadcast(T.NaN);
        Binary((x, y) => TOps.Select(TOps.GreaterThan(x, y), yes, no), (x, y) => x > y ? T.Pi : T.NaN);
        Binary((x, y) => TOps.Select(TOps.AreEqual(x, y), yes, no), (x, y) => x == y ? T.Pi : T.NaN);
        Binary((x, y) => TOps.Select(TOps.GreaterThan(x, y), no, yes), (x, y) => x > y ? T.NaN : T.Pi);
    }

    [Fact]
    public void KeepFirst_keeps_so_many_lanes_and_clears_the_others_even_of_NaN()
    {
        T[] source = Lanes.Uniform<T>(TOps.Count, 1, 2, seed: 3);
        for (int count = 0; count <= TOps.Count; count++)
        {
            var kept = LanesOf(TOps.KeepFirst(TOps.Load(in source[0]), count));
            var keptNaN = LanesOf(TOps.KeepFirst(TOps.Broadcast(T.NaN), count));
            for (int i = 0; i < TOps.Count; i++)
            {
                Assert.Equal(i < count ? source[i] : T.Zero, kept[i]);
                Assert.Equal(i < count ? T.NaN : T.Zero, keptNaN[i]);
            }
        }
    }

    [Fact]
    public void Sum_adds_every_lane_once()
    {
        for (int lane = 0; lane < TOps.Count; lane++)
        {
            var source = new T[TOps.Count];
            source[lane] = T.Pi;
            Assert.Equal(T.Pi, TOps.Sum(TOps.Load(in source[0])));
        }

        // Whole numbers, so that no order of adding rounds.
        T[] numbers = [.. Enumerable.Range(1, TOps.Count).Select(i => T.CreateTruncating(i))];
        Assert.Equal(T.CreateTruncating(TOps.Count * (TOps.Count + 1) / 2), TOps.Sum(TOps.Load(in numbers[0])));
    }

    [Fact]
    public void Greatest_is_the_greatest_of_the_lanes_wherever_it_stands()
    {
        for (int lane = 0; lane < TOps.Count; lane++)
        {
            T[] source = [.. Enumerable.Range(0, TOps.Count).Select(i => T.CreateTruncating(i == lane ? -1 : -2 - i))];
            Assert.Equal(T.NegativeOne, TOps.Greatest(TOps.Load(in source[0])));
            source[lane] = T.PositiveInfinity;
            Assert.Equal(T.PositiveInfinity, TOps.Greatest(TOps.Load(in source[0])));
        }

        Assert.Equal(T.NegativeInfinity, TOps.Greatest(TOps.Broadcast(T.NegativeInfinity)));
    }

    private static T[] LanesOf(TVector value)
    {
        var lanes = new T[TOps.Count];
        TOps.Store(value, ref lanes[0]);
        return lanes;
    }

    private static void Unary(Func<TVector, TVector> operation, Func<T, T> expected) =>
        Binary((x, _) => operation(x), (x, _) => expected(x));

    // Every value against every value, each pair in a lane that moves.
    private static void Binary(Func<TVector, TVector, TVector> operation, Func<T, T, T> expected, Func<T, T, T>? orElse = null)
    {
        for (int shift = 0; shift < Values.Length; shift++)
        {
            for (int i = 0; i + TOps.Count <= Values.Length; i += TOps.Count)
            {
                T[] y = [.. Enumerable.Range(i, TOps.Count).Select(k => Values[(k + shift) % Values.Length])];
                var actual = LanesOf(operation(TOps.Load(in Values[i]), TOps.Load(in y[0])));
                for (int k = 0; k < TOps.Count; k++)
                {
                    T want = expected(Values[i + k], y[k]);
                    bool same = Same(want, actual[k]) || (orElse is not null && Same(orElse(Values[i + k], y[k]), actual[k]));
                    Assert.True(same, $"Lane {k} of f({Values[i + k]:R}, {y[k]:R}) is {actual[k]:R}, expected {want:R}.");
                }
            }
        }
    }

    private static bool Same(T x, T y) => (T.IsNaN(x) && T.IsNaN(y)) || (x == y && T.IsNegative(x) == T.IsNegative(y));
}

public sealed class Vector512FloatTests : VectorOpsTests<Vector512Ops<float>, Vector512<float>, float>;

public sealed class Vector512DoubleTests : VectorOpsTests<Vector512Ops<double>, Vector512<double>, double>;

public sealed class Vector256FloatTests : VectorOpsTests<Vector256Ops<float>, Vector256<float>, float>;

public sealed class Vector256DoubleTests : VectorOpsTests<Vector256Ops<double>, Vector256<double>, double>;

public sealed class Vector128FloatTests : VectorOpsTests<Vector128Ops<float>, Vector128<float>, float>;

public sealed class Vector128DoubleTests : VectorOpsTests<Vector128Ops<double>, Vector128<double>, double>;

public sealed class ScalarFloatTests : VectorOpsTests<ScalarOps<float>, float, float>;

public sealed class ScalarDoubleTests : VectorOpsTests<ScalarOps<double>, double, double>;
