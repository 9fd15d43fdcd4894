using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

/// <summary>What holds for every elementwise activation: its value, its derivative, its lanes, its limits.</summary>
public abstract class ActivationTests<TActivation, T>
    where TActivation : struct, IActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
    private static readonly double DifferenceTolerance = typeof(T) == typeof(float) ? 2e-6 : 2e-8;

    private static readonly T[] Values =
        [.. Lanes.Uniform<T>(500, -12, 12, seed: 1), .. Lanes.Uniform<T>(500, -1, 1, seed: 2), .. Lanes.Powers<T>(50, -8, 0, seed: 3, sign: -1)];

    private protected readonly struct Value : ILaneFunction<T>
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TActivation.Apply<TOps, TVector>(x);
    }

    /// <summary>The activation in double, as a textbook writes it.</summary>
    protected abstract double Formula(double z);

    /// <summary>g'(z) of every number, by the operations of so many bits.</summary>
    protected abstract T[] Derivative(T[] z, int bits);

    /// <summary>The derivative at zero, where there may be a kink.</summary>
    protected abstract double DerivativeAtZero { get; }

    /// <summary>g(10,000), g(−10,000) and the derivatives there.</summary>
    protected abstract (double Above, double Below, double DerivativeAbove, double DerivativeBelow) Limits { get; }

    /// <summary>How many units of the last place the vectors may be off the scalar form.</summary>
    protected virtual double LaneUlps => 0;

    /// <summary>The number whose last place counts for that.</summary>
    protected virtual T LaneScale(T z, T a) => a;

    [Fact]
    public void Value_is_that_of_the_formula()
    {
        foreach (int bits in Lanes.Widths)
        {
            var actual = Lanes.Map<Value, T>(Values, bits);
            AssertNear(actual, Formula, Tolerance);
        }
    }

    [Fact]
    public void Derivative_is_that_of_central_differences()
    {
        foreach (int bits in Lanes.Widths)
        {
            var actual = Derivative(Values, bits);
            AssertNear(actual, z => Math.Abs(z) < 1e-5 ? double.NaN : Difference(z), DifferenceTolerance);
        }

        double Difference(double z)
        {
            double h = Math.Min(1e-5, Math.Abs(z) / 2);
            return h < 1e-6 ? double.NaN : (Formula(z + h) - Formula(z - h)) / (2 * h);
        }
    }

    [Fact]
    public void Derivative_at_zero_is_the_documented_one()
    {
        foreach (int bits in Lanes.Widths)
        {
            Assert.Equal(DerivativeAtZero, Lanes.Value(Derivative([T.Zero], bits)[0]), Tolerance);
        }
    }

    [Fact]
    public void Lanes_equal_the_scalar_form()
    {
        var scalar = Lanes.Map<Value, T>(Values, 1);
        foreach (int bits in Lanes.Widths)
        {
            var actual = Lanes.Map<Value, T>(Values, bits);
            for (int i = 0; i < Values.Length; i++)
            {
                var scale = T.Abs(LaneScale(Values[i], scalar[i]));
                var place = Lanes.Value(T.BitIncrement(scale) - scale);
                double error = Math.Abs(Lanes.Value(actual[i]) - Lanes.Value(scalar[i])) / place;
                Assert.True(error <= LaneUlps, $"g({Values[i]:R}) is {actual[i]:R} on {bits} bits, {scalar[i]:R} alone: {error} ulp.");
            }
        }
    }

    [Fact]
    public void Far_out_it_is_finite_and_NaN_stays_NaN()
    {
        T[] z = [T.CreateTruncating(1e4), T.CreateTruncating(-1e4), T.NaN];
        foreach (int bits in Lanes.Widths)
        {
            var a = Lanes.Map<Value, T>(z, bits);
            var d = Derivative(z, bits);
            Assert.Equal(Limits.Above, Lanes.Value(a[0]), 1e-3);
            Assert.Equal(Limits.Below, Lanes.Value(a[1]), 1e-3);
            Assert.True(T.IsNaN(a[2]), $"g(NaN) is {a[2]} on {bits} bits.");
            Assert.Equal(Limits.DerivativeAbove, Lanes.Value(d[0]), 1e-6);
            Assert.Equal(Limits.DerivativeBelow, Lanes.Value(d[1]), 1e-6);
        }
    }

    // Absolute below one, relative above: where an activation vanishes its last places do not matter.
    private static void AssertNear(T[] actual, Func<double, double> expected, double tolerance)
    {
        int compared = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            double want = expected(Lanes.Value(Values[i])), got = Lanes.Value(actual[i]);
            if (double.IsNaN(want))
            {
                continue;
            }

            compared++;
            double allowed = tolerance * Math.Max(1, Math.Abs(want));
            Assert.True(Math.Abs(got - want) <= allowed, $"At {Values[i]:R}: {got:R}, expected {want:R}.");
        }

        Assert.True(compared > 900, $"Only {compared} points were compared.");
    }
}

/// <summary>An activation whose derivative follows from its output.</summary>
public abstract class OutputActivationTests<TActivation, T> : ActivationTests<TActivation, T>
    where TActivation : struct, IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly struct Slope : ILaneFunction<T>
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TActivation.DerivativeFromOutput<TOps, TVector>(x);
    }

    protected override T[] Derivative(T[] z, int bits) => Lanes.Map<Slope, T>(Lanes.Map<Value, T>(z, bits), bits);
}

/// <summary>An activation whose derivative follows from its input.</summary>
public abstract class InputActivationTests<TActivation, T> : ActivationTests<TActivation, T>
    where TActivation : struct, IActivation<T>, IDerivativeFromInput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly struct Slope : ILaneFunction<T>
    {
        public static TVector Call<TOps, TVector>(TVector x)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TActivation.DerivativeFromInput<TOps, TVector>(x);
    }

    protected override T[] Derivative(T[] z, int bits) => Lanes.Map<Slope, T>(z, bits);
}
