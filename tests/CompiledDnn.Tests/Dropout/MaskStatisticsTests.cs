using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Dropout;

/// <summary>
/// Masks are as random as they should be: shares and agreements of independent coins lie within five standard deviations of what is
/// expected. The seeds are fixed, so that a result is the same every time.
/// </summary>
public class MaskStatisticsTests
{
    private const int Examples = 256;
    private const int Units = 1000;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_that_is_dropped_is_the_rate(double rate)
    {
        bool[] kept = Mask(seed: 1, step: 2, layer: 1, rate);

        AssertShare(kept.Count(isKept => !isKept), kept.Length, rate, "dropped");
        for (int unit = 0; unit < Units; unit += 37)
        {
            AssertShare(Enumerable.Range(0, Examples).Count(i => !kept[(i * Units) + unit]), Examples, rate, $"examples that drop unit {unit}");
        }

        for (int example = 0; example < Examples; example += 17)
        {
            AssertShare(kept.AsSpan(example * Units, Units).Count(false), Units, rate, $"units that example {example} drops");
        }
    }

    [Fact]
    public void Neighbouring_units_and_examples_are_independent()
    {
        bool[] kept = Mask(1, 2, 1, 0.5);
        foreach (int distance in (int[])[1, 2, 3, 4, 8, 16, 32, 64, Units - 1, Units, Units + 1, 2 * Units, 16 * Units])
        {
            AssertIndependent(kept.AsSpan(distance), kept.AsSpan(0, kept.Length - distance), $"{distance} apart");
        }
    }

    [Fact]
    public void Steps_layers_and_seeds_are_independent()
    {
        bool[] kept = Mask(1, 2, 1, 0.5);
        foreach ((long seed, long step, int layer) in ((long, long, int)[])[(1, 3, 1), (1, 1, 1), (1, 2, 2), (1, 2, 3), (2, 2, 1), (2, 1, 1), (0, 3, 1), (-1, 2, 1), (1, -2, 1)])
        {
            bool[] other = Mask(seed, step, layer, 0.5);
            AssertIndependent(kept, other, $"seed {seed}, step {step}, layer {layer}");
            AssertIndependent(kept.AsSpan(1), other.AsSpan(0, other.Length - 1), $"seed {seed}, step {step}, layer {layer}, one apart");
            AssertIndependent(kept.AsSpan(Units), other.AsSpan(0, other.Length - Units), $"seed {seed}, step {step}, layer {layer}, one example apart");
        }
    }

    [Fact]
    public void Masks_of_a_network_do_not_repeat_over_many_steps()
    {
        // Two of 50,000 masks of 128 units that are alike would be no accident.
        var seen = new HashSet<UInt128>();
        for (int step = 0; step < 50_000; step++)
        {
            (uint First, uint Second) example = DropoutMask.Example(DropoutMask.Key(5, step, 1), 0);
            UInt128 bits = 0;
            for (int unit = 0; unit < 128; unit++)
            {
                bits = (bits << 1) | (Word(example, unit) >> 31);
            }

            Assert.True(seen.Add(bits), $"Step {step} has the mask of another.");
        }
    }

    private static bool[] Mask(long seed, long step, int layer, double rate)
    {
        ulong key = DropoutMask.Key(seed, step, layer);
        uint bound = DropoutMask.Bound(rate);
        var kept = new bool[Examples * Units];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = Word(DropoutMask.Example(key, i / Units), i % Units) >= bound;
        }

        return kept;
    }

    private static uint Word((uint First, uint Second) example, int unit) =>
        BitConverter.SingleToUInt32Bits(DropoutMask.Words<ScalarOps<float>, float>(example, unit));

    private static void AssertIndependent(ReadOnlySpan<bool> x, ReadOnlySpan<bool> y, string what)
    {
        int agreeing = 0;
        for (int i = 0; i < x.Length; i++)
        {
            agreeing += x[i] == y[i] ? 1 : 0;
        }

        AssertShare(agreeing, x.Length, 0.5, $"alike, {what}");
    }

    private static void AssertShare(int count, int total, double expected, string what)
    {
        double deviation = Math.Sqrt(expected * (1 - expected) / total);
        double share = (double)count / total;
        Assert.True(Math.Abs(share - expected) <= 5 * deviation, $"{what}: {share}, expected {expected} ± {deviation}.");
    }
}
