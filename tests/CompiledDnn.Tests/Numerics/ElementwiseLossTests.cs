using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

/// <summary>What holds for every elementwise loss, on all four kinds of operations.</summary>
public abstract class ElementwiseLossTests<TLoss, T>
    where TLoss : struct, IElementwiseLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected static readonly double Tolerance = typeof(T) == typeof(float) ? 3e-6 : 1e-14;

    /// <summary>The loss of one output in double, as a textbook writes it.</summary>
    protected abstract double Formula(double a, double y);

    /// <summary>Outputs and targets where the formula is finite and far from kinks.</summary>
    protected abstract (T A, T Y)[] Points { get; }

    protected abstract bool Averages { get; }

    [Fact]
    public void Outputs_are_averaged_or_summed_as_documented() => Assert.Equal(Averages, TLoss.AveragesOutputs);

    [Fact]
    public void Value_is_that_of_the_formula() => Each(
        (a, y, value, _) => AssertNear(Formula(a, y), value, Tolerance, a, y));

    [Fact]
    public void Derivative_is_that_of_central_differences() => Each((a, y, _, derivative) =>
    {
        const double h = 1e-6;
        AssertNear((Formula(a + h, y) - Formula(a - h, y)) / (2 * h), derivative, typeof(T) == typeof(float) ? 1e-5 : 1e-7, a, y);
    });

    [Fact]
    public void NaN_stays_NaN()
    {
        foreach (var y in new[] { T.Zero, T.CreateTruncating(0.5), T.One })
        {
            var (value, derivative) = Of<ScalarOps<T>, T>(T.NaN, y);
            Assert.True(T.IsNaN(value) && T.IsNaN(derivative), $"For y = {y} NaN gives {value} and {derivative}.");
        }
    }

    private protected void Each(Action<double, double, double, double> check)
    {
        foreach (var (a, y) in Points)
        {
            foreach (var (value, derivative) in OnAll(a, y))
            {
                check(Lanes.Value(a), Lanes.Value(y), Lanes.Value(value), Lanes.Value(derivative));
            }
        }
    }

    private protected static (T Value, T Derivative)[] OnAll(T a, T y) =>
    [
        Of<ScalarOps<T>, T>(a, y), Of<Vector128Ops<T>, Vector128<T>>(a, y),
        Of<Vector256Ops<T>, Vector256<T>>(a, y), Of<Vector512Ops<T>, Vector512<T>>(a, y),
    ];

    private static (T Value, T Derivative) Of<TOps, TVector>(T a, T y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector outputs = TOps.Broadcast(a), targets = TOps.Broadcast(y);
        return (
            First<TOps, TVector>(TLoss.Value<TOps, TVector>(outputs, targets)),
            First<TOps, TVector>(TLoss.Derivative<TOps, TVector>(outputs, targets)));
    }

    private protected static T First<TOps, TVector>(TVector vector)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var lanes = new T[TOps.Count];
        TOps.Store(vector, ref lanes[0]);
        Assert.All(lanes, lane => Assert.Equal(lanes[0], lane));
        return lanes[0];
    }

    private protected static void AssertNear(double expected, double actual, double tolerance, double a, double y) => Assert.True(
        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"At a = {a}, y = {y}: {actual:R}, expected {expected:R}.");

    private protected static (T A, T Y)[] Pairs(double from, double to, double yFrom, double yTo, Func<double, double, bool> fits) =>
        [.. Lanes.Uniform<T>(200, from, to, seed: 1).Zip(Lanes.Uniform<T>(200, yFrom, yTo, seed: 2))
            .Where(p => fits(Lanes.Value(p.First), Lanes.Value(p.Second)))];
}

public abstract class MeanSquaredErrorTests<T> : ElementwiseLossTests<MeanSquaredError<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool Averages => true;
    protected override (T, T)[] Points => Pairs(-3, 3, -3, 3, (_, _) => true);
    protected override double Formula(double a, double y) => (a - y) * (a - y);
}

public abstract class MeanAbsoluteErrorTests<T> : ElementwiseLossTests<MeanAbsoluteError<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool Averages => true;
    protected override (T, T)[] Points => Pairs(-3, 3, -3, 3, (a, y) => Math.Abs(a - y) > 1e-3);
    protected override double Formula(double a, double y) => Math.Abs(a - y);

    [Fact]
    public void Derivative_at_the_kink_is_zero() =>
        Assert.All(OnAll(T.Pi, T.Pi), r => Assert.Equal(T.Zero, r.Derivative));
}

public abstract class HuberTests<T> : ElementwiseLossTests<Huber<T, HuberTests<T>.Options>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly struct Options : ILossOptions
    {
        public static double HuberDelta => 0.75;
    }

    protected override bool Averages => true;
    protected override (T, T)[] Points => Pairs(-3, 3, -3, 3, (a, y) => Math.Abs(Math.Abs(a - y) - 0.75) > 1e-3);
    protected override double Formula(double a, double y) =>
        Math.Abs(a - y) <= 0.75 ? 0.5 * (a - y) * (a - y) : 0.75 * (Math.Abs(a - y) - 0.375);

    [Fact]
    public void The_largest_numbers_cost_no_NaN() => Assert.All(
        OnAll(Lanes.Number<T>(1e30), Lanes.Number<T>(-1e30)), r => Assert.Equal(1.5e30, Lanes.Value(r.Value), 1e24));
}

public sealed class MeanSquaredErrorFloatTests : MeanSquaredErrorTests<float>;

public sealed class MeanSquaredErrorDoubleTests : MeanSquaredErrorTests<double>;

public sealed class MeanAbsoluteErrorFloatTests : MeanAbsoluteErrorTests<float>;

public sealed class MeanAbsoluteErrorDoubleTests : MeanAbsoluteErrorTests<double>;

public sealed class HuberFloatTests : HuberTests<float>;

public sealed class HuberDoubleTests : HuberTests<double>;
