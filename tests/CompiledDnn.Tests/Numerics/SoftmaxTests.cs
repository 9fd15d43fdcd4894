using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

[Collection(nameof(MeasuredAllocations))]
public abstract class SoftmaxTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 1e-6 : 1e-14;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(37)]
    public void Outputs_are_exponentials_over_their_sum(int n)
    {
        T[] z = Lanes.Uniform<T>(n, -5, 5, seed: n);
        var a = new T[n];
        Softmax<T>.Apply(z, a);

        double sum = z.Sum(v => Math.Exp(Lanes.Value(v)));
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(Math.Exp(Lanes.Value(z[i])) / sum, Lanes.Value(a[i]), Tolerance);
        }

        Assert.Equal(1, a.Sum(Lanes.Value), Tolerance * 4);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(37)]
    public void A_row_may_be_overwritten_by_its_outputs(int n)
    {
        T[] z = Lanes.Uniform<T>(n, -5, 5, seed: n);
        var apart = new T[n];
        Softmax<T>.Apply(z, apart);
        Softmax<T>.Apply(z, z);
        Assert.Equal(apart, z);
    }

    [Fact]
    public void Outputs_beyond_the_row_are_left_alone()
    {
        T[] a = [T.Zero, T.Zero, T.Pi];
        Softmax<T>.Apply([T.One, T.One], a);
        Assert.Equal(0.5, Lanes.Value(a[0]), Tolerance);
        Assert.Equal(T.Pi, a[2]);
    }

    [Theory]
    [InlineData(1e4, -1e4, 1, 0)]
    [InlineData(-1e4, 1e4, 0, 1)]
    [InlineData(1e4, 1e4, 0.5, 0.5)]
    [InlineData(-1e4, -1e4, 0.5, 0.5)]
    public void Far_out_it_is_finite(double first, double second, double expectedFirst, double expectedSecond)
    {
        T[] a = [T.CreateTruncating(first), T.CreateTruncating(second)];
        Softmax<T>.Apply(a, a);
        Assert.Equal(expectedFirst, Lanes.Value(a[0]), Tolerance);
        Assert.Equal(expectedSecond, Lanes.Value(a[1]), Tolerance);
    }

    [Fact]
    public void NaN_in_one_logit_shows_in_every_output()
    {
        T[] a = [T.One, T.NaN, T.Zero];
        Softmax<T>.Apply(a, a);
        Assert.All(a, v => Assert.True(T.IsNaN(v)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(19)]
    public void Backward_multiplies_by_the_Jacobian(int n)
    {
        double[] z = Lanes.Uniform<double>(n, -2, 2, seed: n);
        T[] da = Lanes.Uniform<T>(n, -1, 1, seed: n + 100);
        T[] a = [.. Formula(z).Select(Lanes.Number<T>)];
        T[] dz = [.. da];
        Softmax<T>.Backward(a, dz);

        const double h = 1e-5;
        for (int j = 0; j < n; j++)
        {
            double[] above = [.. z], below = [.. z];
            above[j] += h;
            below[j] -= h;
            double difference = Formula(above).Zip(Formula(below), da).Sum(t => (t.First - t.Second) * Lanes.Value(t.Third)) / (2 * h);
            Assert.Equal(difference, Lanes.Value(dz[j]), typeof(T) == typeof(float) ? 1e-6 : 1e-9);
        }

        static double[] Formula(double[] z)
        {
            double sum = z.Sum(Math.Exp);
            return [.. z.Select(v => Math.Exp(v) / sum)];
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        T[] a = Lanes.Uniform<T>(37, -5, 5, seed: 1), gradient = new T[37];

        MeasuredAllocations.None(() =>
        {
            Softmax<T>.Apply(a, a);
            Softmax<T>.Backward(a, gradient);
        });
    }
}

public sealed class SoftmaxFloatTests : SoftmaxTests<float>;

public sealed class SoftmaxDoubleTests : SoftmaxTests<double>;
