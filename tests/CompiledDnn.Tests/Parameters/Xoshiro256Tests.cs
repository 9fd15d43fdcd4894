using Xunit;

namespace CompiledDnn.Tests;

public class Xoshiro256Tests
{
    [Fact]
    public void Bits_are_those_of_the_published_generator()
    {
        // The authors' program, begun with the state 1, 2, 3, 4.
        var random = new Xoshiro256(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Seeds_are_spread_by_the_published_SplitMix64()
    {
        ulong counter = 1234567;
        ulong[] expected =
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => Xoshiro256.SplitMix(ref counter)));
    }

    [Fact]
    public void A_seed_fixes_the_bits_on_every_machine()
    {
        // Worked out once by another program; these must never change, or a seed no longer gives the weights that it gave.
        var random = new Xoshiro256(1);
        Assert.Equal([12966619160104079557, 9600361134598540522, 10590380919521690900], Take(3, random.NextUInt64));
        Assert.Equal([10328197420357168392, 14156678507024973869], Take(2, new Xoshiro256(-1).NextUInt64));
        double[] gaussians =
            [0.18978089448693036, 1.884396104787977, -1.9094343319583578, 1.302090250702661, -0.7923272422638171, 0.43832091511541];
        Assert.Equal(gaussians, Take(6, new Xoshiro256(1).NextGaussian));
    }

    [Fact]
    public void The_written_out_logarithm_agrees_with_the_machines_to_the_last_bits()
    {
        var random = new Xoshiro256(3);
        for (int i = 0; i < 100_000; i++)
        {
            double x = random.NextDouble();
            x = i % 2 == 0 ? x : x * Math.Pow(2, -i / 1000.0);
            double expected = Math.Log(x);
            Assert.Equal(expected, Xoshiro256.Log(x), 5e-16 * Math.Abs(expected));
        }

        Assert.Equal(0, Xoshiro256.Log(1));
    }

    [Fact]
    public void Uniform_numbers_lie_from_0_to_below_1()
    {
        var random = new Xoshiro256(4);
        double[] drawn = Take(100_000, random.NextDouble);
        Assert.All(drawn, number => Assert.InRange(number, 0, Math.BitDecrement(1)));
        Assert.Equal(0.5, drawn.Average(), 0.005);
    }

    private static T[] Take<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
