using Xunit;

namespace CompiledDnn.Tests;

public class NumPyRandomTests
{
    // The sign, the exponent and all but the last bits: the logarithm in the polar method is the machine's.
    private const double LastBits = 1e-15;

    public static TheoryData<int, double[]> Draws => new()
    {
        { 1, NumPyDraws.Seed1 },
        { 2, NumPyDraws.Seed2 },
        { 3, NumPyDraws.Seed3 },
        { 6, NumPyDraws.Seed6 },
    };

    [Theory]
    [MemberData(nameof(Draws))]
    public void Normal_numbers_are_those_of_NumPy(int seed, double[] expected)
    {
        var random = new NumPyRandom(seed);
        foreach (double number in expected)
        {
            Assert.Equal(number, random.NextGaussian(), LastBits * Math.Max(1, Math.Abs(number)));
        }
    }

    [Fact]
    public void The_first_normal_numbers_of_seed_1_are_the_well_known_ones()
    {
        var random = new NumPyRandom(1);
        Assert.Equal(1.6243453636632417, random.NextGaussian(), LastBits * 2);
        Assert.Equal(-0.6117564136500754, random.NextGaussian(), LastBits);
        Assert.Equal(-0.5281717522634557, random.NextGaussian(), LastBits);
        Assert.Equal(-1.0729686221561705, random.NextGaussian(), LastBits * 2);
    }

    [Fact]
    public void Bits_are_those_that_the_C_plus_plus_standard_demands_of_mt19937()
    {
        // ISO C++, [rand.predef]: the 10000th consecutive invocation of a default-constructed mt19937, whose seed is 5489.
        var random = new NumPyRandom(5489);
        Assert.Equal(3499211612u, random.NextUInt32());
        for (int i = 2; i < 10000; i++)
        {
            random.NextUInt32();
        }

        Assert.Equal(4123659995u, random.NextUInt32());
    }

    [Fact]
    public void Uniform_numbers_are_those_of_NumPy_to_the_last_bit()
    {
        var random = new NumPyRandom(0);
        Assert.Equal(0.5488135039273248, random.NextDouble());
        Assert.Equal(0.7151893663724195, random.NextDouble());
        Assert.Equal(0.6027633760716439, random.NextDouble());
    }

    [Fact]
    public void The_second_normal_number_is_kept_while_other_numbers_are_drawn()
    {
        var plain = new NumPyRandom(7);
        plain.NextGaussian();
        double second = plain.NextGaussian();

        var mixed = new NumPyRandom(7);
        mixed.NextGaussian();
        mixed.NextUInt32();
        Assert.Equal(second, mixed.NextGaussian());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4294967296)]
    public void A_seed_that_NumPy_refuses_is_refused(long seed)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new NumPyRandom(seed));
        Assert.Contains("0 to 4294967295", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_seed_is_taken()
    {
        Assert.NotEqual(new NumPyRandom(0).NextUInt32(), new NumPyRandom(uint.MaxValue).NextUInt32());
    }
}
