using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

public abstract class BinaryCrossEntropyTests<T> : ElementwiseLossTests<BinaryCrossEntropy<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool Averages => false;
    protected override (T, T)[] Points =>
        [.. Pairs(0.02, 0.98, 0, 1, (_, _) => true), (T.CreateTruncating(0.25), T.Zero), (T.CreateTruncating(0.25), T.One)];
    protected override double Formula(double a, double y) => -((y * Math.Log(a)) + ((1 - y) * Math.Log(1 - a)));

    [Fact]
    public void A_term_of_weight_zero_counts_as_zero()
    {
        foreach (var a in new[] { T.Zero, T.One })
        {
            Assert.All(OnAll(a, a), r => Assert.Equal(T.Zero, r.Value));
        }

        Assert.All(OnAll(T.Zero, T.Zero), r => Assert.Equal(T.One, r.Derivative));
        Assert.All(OnAll(T.One, T.One), r => Assert.Equal(T.NegativeOne, r.Derivative));
    }

    [Fact]
    public void A_certain_and_wrong_output_costs_infinitely_much()
    {
        Assert.All(OnAll(T.Zero, T.One), r => Assert.Equal((T.PositiveInfinity, T.NegativeInfinity), r));
        Assert.All(OnAll(T.One, T.Zero), r => Assert.Equal((T.PositiveInfinity, T.PositiveInfinity), r));
    }

    [Fact]
    public void From_logits_it_equals_the_unfused_form()
    {
        foreach (var z in Lanes.Uniform<T>(200, -6, 6, seed: 3))
        {
            foreach (var y in new[] { T.Zero, T.CreateTruncating(0.25), T.One })
            {
                double a = Reference.Sigmoid(Lanes.Value(z)), target = Lanes.Value(y);
                double slope = -((target / a) - ((1 - target) / (1 - a))) * a * (1 - a);
                foreach (var (value, dz) in FusedOnAll(z, y))
                {
                    AssertNear(Formula(a, target), Lanes.Value(value), Tolerance, a, target);
                    AssertNear(slope, Lanes.Value(dz), Tolerance, a, target);
                }
            }
        }
    }

    [Theory]
    [InlineData(1e4, 0, 1e4, 1)]
    [InlineData(1e4, 1, 0, 0)]
    [InlineData(-1e4, 0, 0, 0)]
    [InlineData(-1e4, 1, 1e4, -1)]
    [InlineData(1e4, 0.25, 7500, 0.75)]
    public void From_logits_it_is_finite_far_out(double z, double y, double expectedValue, double expectedDerivative) => Assert.All(
        FusedOnAll(Lanes.Number<T>(z), Lanes.Number<T>(y)), r =>
        {
            Assert.Equal(expectedValue, Lanes.Value(r.Value), 1e-3);
            Assert.Equal(expectedDerivative, Lanes.Value(r.Derivative), 1e-6);
        });

    private static (T Value, T Derivative)[] FusedOnAll(T z, T y) =>
    [
        Fused<ScalarOps<T>, T>(z, y), Fused<Vector128Ops<T>, Vector128<T>>(z, y),
        Fused<Vector256Ops<T>, Vector256<T>>(z, y), Fused<Vector512Ops<T>, Vector512<T>>(z, y),
    ];

    private static (T Value, T Derivative) Fused<TOps, TVector>(T z, T y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector logits = TOps.Broadcast(z), targets = TOps.Broadcast(y);
        var a = Sigmoid<T>.Apply<TOps, TVector>(logits);
        return (
            First<TOps, TVector>(BinaryCrossEntropy<T>.ValueFromLogits<TOps, TVector>(logits, targets)),
            First<TOps, TVector>(BinaryCrossEntropy<T>.DerivativeFromLogits<TOps, TVector>(logits, a, targets)));
    }
}

public sealed class BinaryCrossEntropyFloatTests : BinaryCrossEntropyTests<float>;

public sealed class BinaryCrossEntropyDoubleTests : BinaryCrossEntropyTests<double>;
