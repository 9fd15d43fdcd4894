using Xunit;

namespace CompiledDnn.Tests.Training;

public class ShufflerTests
{
    [Fact]
    public void The_generator_gives_its_published_numbers()
    {
        var random = new SplitMix64(seed: 0, stream: 0);

        Assert.Equal(0xe220a8397b1dcdafUL, random.Next());
        Assert.Equal(0x6e789e6aa1b965f4UL, random.Next());
        Assert.Equal(0x06c45d188009454fUL, random.Next());
    }

    [Theory]
    [InlineData(0, 1, new[] { 9, 0, 1, 4, 8, 2, 3, 7, 6, 5 })]
    [InlineData(0, 2, new[] { 7, 0, 3, 2, 8, 1, 9, 4, 6, 5 })]
    [InlineData(-7, 1, new[] { 5, 9, 4, 1, 0, 7, 6, 3, 2, 8 })]
    public void An_order_follows_from_seed_and_epoch_alone(int seed, int epoch, int[] expected)
    {
        var shuffler = new Shuffler(10, seed);
        shuffler.Shuffle(epoch + 5);

        Assert.Equal(expected, shuffler.Shuffle(epoch).ToArray());
    }

    [Fact]
    public void Every_epoch_and_every_seed_has_a_permutation_of_its_own()
    {
        var seen = new HashSet<string>();
        for (int seed = -5; seed < 5; seed++)
        {
            var shuffler = new Shuffler(50, seed);
            for (int epoch = 0; epoch < 20; epoch++)
            {
                int[] order = shuffler.Shuffle(epoch).ToArray();
                seen.Add(string.Join(',', order));
                Assert.Equal(Enumerable.Range(0, 50), order.Order());
            }
        }

        Assert.Equal(200, seen.Count);
    }

    [Fact]
    public void Every_example_comes_at_every_place_about_equally_often()
    {
        var counts = new int[6, 6];
        var shuffler = new Shuffler(6, seed: 1);
        for (int epoch = 1; epoch <= 6000; epoch++)
        {
            ReadOnlySpan<int> order = shuffler.Shuffle(epoch);
            for (int place = 0; place < 6; place++)
            {
                counts[place, order[place]]++;
            }
        }

        // Five standard deviations of a binomial distribution with mean 1000.
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 855, 1145));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void There_is_one_order_of_none_or_one(int count) =>
        Assert.Equal(Enumerable.Range(0, count), new Shuffler(count, 3).Shuffle(1).ToArray());
}
