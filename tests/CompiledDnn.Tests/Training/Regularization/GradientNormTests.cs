using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class GradientNormTests
{
    [Fact]
    public void It_is_that_of_a_plain_sum_for_every_length()
    {
        for (int length = 0; length <= 70; length++)
        {
            var random = new Random(length);
            double[] numbers = [.. Enumerable.Range(0, length).Select(_ => (double)(random.NextSingle() - 0.5f))];
            double expected = Math.Sqrt(numbers.Sum(g => g * g));

            Assert.Equal(expected, GradientNorm.Of<double>(numbers), 1e-14);
            Assert.Equal(expected, GradientNorm.Of<float>([.. numbers.Select(g => (float)g)]), 1e-14);
        }
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-200)]
    [InlineData(5e-324)]
    public void It_neither_overflows_nor_underflows(double magnitude)
    {
        double[] numbers = [.. Enumerable.Repeat(magnitude, 10_000)];

        Assert.Equal(100, GradientNorm.Of<double>(numbers) / magnitude, 1e-10);
    }

    [Fact]
    public void That_of_floats_neither_overflows_nor_underflows()
    {
        Assert.Equal(100 * (double)float.MaxValue, GradientNorm.Of<float>([.. Enumerable.Repeat(float.MaxValue, 10_000)]), 1e27);
        Assert.Equal(100 * (double)float.Epsilon, GradientNorm.Of<float>([.. Enumerable.Repeat(float.Epsilon, 10_000)]), 1e-57);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void It_is_not_finite_only_if_a_number_is_not(double number)
    {
        Assert.False(double.IsFinite(GradientNorm.Of<double>([1, number, 2])));
        Assert.False(double.IsFinite(GradientNorm.Of<float>([1, (float)number, 2])));
    }

    [Fact]
    public void Clipping_keeps_the_direction_and_leaves_shorter_ones_alone()
    {
        Clip<float>(1e-6);
        Clip<double>(1e-14);
    }

    private static void Clip<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] gradients = [T.CreateChecked(3), T.Zero, T.CreateChecked(-4)];

        Assert.Equal(5, GradientNorm.Clip<T>(gradients, 10));
        Assert.Equal([T.CreateChecked(3), T.Zero, T.CreateChecked(-4)], gradients);

        Assert.Equal(5, GradientNorm.Clip<T>(gradients, 1));
        Assert.Equal(0.6, double.CreateChecked(gradients[0]), 2e-7);
        Assert.Equal(T.Zero, gradients[1]);
        Assert.Equal(-0.75, double.CreateChecked(gradients[0] / gradients[2]), tolerance);
    }
}
