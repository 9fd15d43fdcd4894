using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The updates of every vector width against plain loops in double, for every length around the widths, off every border.</summary>
public class UpdateKernelTests
{
    private static readonly int[] s_lengths = [.. Enumerable.Range(1, 40), 63, 64, 65];

    [Fact]
    public void Momentum_equals_a_plain_loop() => Check(
        slots: 1,
        (w, g, s) => (w - (0.1 * ((0.9 * s[0]) + g)), [(0.9 * s[0]) + g]),
        new MomentumCase());

    [Fact]
    public void Nesterov_equals_a_plain_loop() => Check(
        slots: 1,
        (w, g, s) => (w - (0.1 * (g + (0.9 * ((0.9 * s[0]) + g)))), [(0.9 * s[0]) + g]),
        new NesterovCase());

    [Fact]
    public void RMSProp_equals_a_plain_loop() => Check(
        slots: 1,
        (w, g, s) =>
        {
            double v = s[0] + (0.25 * ((g * g) - s[0]));
            return (w - (0.1 * g / (Math.Sqrt(v) + 0.5)), [v]);
        },
        new RMSPropCase());

    [Fact]
    public void Adam_equals_a_plain_loop() => Check(slots: 2, (w, g, s) => Adam(w, g, s, 1), new AdamCase<WithoutDecay>());

    [Fact]
    public void AdamW_equals_a_plain_loop() => Check(slots: 2, (w, g, s) => Adam(w, g, s, 0.75), new AdamCase<WithDecay>());

    [Fact]
    public void Penalties_equal_a_plain_loop() => Check(
        slots: 1,
        (w, g, s) => (w, [Math.Clamp(g + (0.25 * Math.Sign(w)) + (0.5 * w), -0.75, 0.75)]),
        new PenaltyCase());

    private static (double W, double[] Slots) Adam(double w, double g, double[] s, double keep)
    {
        double m = s[0] + (0.125 * (g - s[0])), v = s[1] + (0.25 * ((g * g) - s[1]));
        return ((keep * w) - (0.5 * m / (Math.Sqrt(v) + 0.5)), [m, v]);
    }

    private static void Check(int slots, Func<double, double, double[], (double W, double[] Slots)> step, IUpdateCase kernel)
    {
        CheckNumber<float>(slots, step, kernel, 4e-7);
        CheckNumber<double>(slots, step, kernel, 1e-15);
    }

    private static void CheckNumber<T>(int slots, Func<double, double, double[], (double W, double[] Slots)> step, IUpdateCase kernel, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckWidth<T, Vector512Ops<T>, Vector512<T>>(slots, step, kernel, tolerance);
        CheckWidth<T, Vector256Ops<T>, Vector256<T>>(slots, step, kernel, tolerance);
        CheckWidth<T, Vector128Ops<T>, Vector128<T>>(slots, step, kernel, tolerance);
        CheckWidth<T, ScalarOps<T>, T>(slots, step, kernel, tolerance);
    }

    private static void CheckWidth<T, TOps, TVector>(
        int slots, Func<double, double, double[], (double W, double[] Slots)> step, IUpdateCase kernel, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        foreach (int length in s_lengths)
        {
            string what = $"{kernel.GetType().Name} of {length} with {TOps.Count} lanes";
            var random = new Random(length);
            GuardedRows<T> w = GuardedRows<T>.Random(random, 1, length, length), g = GuardedRows<T>.Random(random, 1, length, length);
            GuardedRows<T>[] s = [.. Enumerable.Range(0, slots).Select(_ => GuardedRows<T>.Random(random, 1, length, length))];
            foreach (ref T v in s[^1].Span)
            {
                v = T.Abs(v);
            }

            (double W, double[] Slots)[] expected =
                [.. Enumerable.Range(0, length).Select(i => step(w.Dense()[i], g.Dense()[i], [.. s.Select(slot => slot.Dense()[i])]))];

            kernel.Run<T, TOps, TVector>(w.Span, g.Span, s[0].Span, s[^1].Span);

            w.AssertEquals(what, [.. expected.Select(e => e.W)], tolerance);
            for (int i = 0; i < slots; i++)
            {
                s[i].AssertEquals(what, [.. expected.Select(e => e.Slots[i])], tolerance);
            }
        }
    }

    private interface IUpdateCase
    {
        void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct;
    }

    private sealed class MomentumCase : IUpdateCase
    {
        public void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            new MomentumUpdate<T, PlainMomentum>(ref w[0], in g[0], ref first[0], w.Length, T.CreateTruncating(0.1), T.CreateTruncating(0.9)).Run<TOps, TVector>();
    }

    private sealed class NesterovCase : IUpdateCase
    {
        public void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            new MomentumUpdate<T, NesterovMomentum>(ref w[0], in g[0], ref first[0], w.Length, T.CreateTruncating(0.1), T.CreateTruncating(0.9)).Run<TOps, TVector>();
    }

    private sealed class RMSPropCase : IUpdateCase
    {
        public void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            new RMSPropUpdate<T>(
                ref w[0], in g[0], ref first[0], w.Length, T.CreateTruncating(0.1), T.CreateTruncating(0.25), T.CreateTruncating(0.5))
                .Run<TOps, TVector>();
    }

    private sealed class PenaltyCase : IUpdateCase
    {
        public void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            new PenaltyUpdate<T>(
                in w[0], in g[0], ref first[0], w.Length, T.CreateTruncating(0.25), T.CreateTruncating(0.5), T.CreateTruncating(0.75))
                .Run<TOps, TVector>();
    }

    private sealed class AdamCase<TDecay> : IUpdateCase
        where TDecay : struct, IAdamDecay
    {
        public void Run<T, TOps, TVector>(Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            var rates = new AdamRates<T>(T.CreateTruncating(0.125), T.CreateTruncating(0.25), T.CreateTruncating(0.5), T.CreateTruncating(0.5))
            {
                Keep = T.CreateTruncating(0.75),
            };
            new AdamUpdate<T, TDecay>(ref w[0], in g[0], ref first[0], ref second[0], w.Length, rates).Run<TOps, TVector>();
        }
    }
}
