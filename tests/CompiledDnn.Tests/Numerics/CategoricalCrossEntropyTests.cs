using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Numerics;

public abstract class CategoricalCrossEntropyTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 1e-5 : 1e-12;

    [Fact]
    public void Outputs_are_summed() => Assert.False(CategoricalCrossEntropy<T>.AveragesOutputs);

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(37)]
    public void From_logits_it_equals_the_unfused_form_also_for_targets_that_do_not_add_up_to_one(int n)
    {
        T[] z = Lanes.Uniform<T>(n, -4, 4, seed: n), y = Lanes.Uniform<T>(n, 0, 1, seed: n + 100), a = new T[n], dz = new T[n], da = new T[n];
        Softmax<T>.Apply(z, a);
        CategoricalCrossEntropy<T>.DerivativeFromLogits(z, a, y, dz);
        CategoricalCrossEntropy<T>.Derivative(a, y, da);
        Softmax<T>.Backward(a, da);

        double expected = Formula([.. z.Select(Lanes.Value)], y);
        Near(expected, CategoricalCrossEntropy<T>.ValueFromLogits(z, y));
        Near(expected, CategoricalCrossEntropy<T>.Value(a, y));
        for (int i = 0; i < n; i++)
        {
            Near(Lanes.Value(da[i]), dz[i]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(19)]
    public void Derivatives_are_those_of_central_differences(int n)
    {
        double[] z = [.. Lanes.Uniform<T>(n, -2, 2, seed: n).Select(Lanes.Value)];
        T[] logits = [.. z.Select(Lanes.Number<T>)], y = Lanes.Uniform<T>(n, 0, 1, seed: n + 100), a = new T[n], dz = new T[n], da = new T[n];
        y[0] = T.Zero;
        Softmax<T>.Apply(logits, a);
        CategoricalCrossEntropy<T>.DerivativeFromLogits(logits, a, y, dz);
        CategoricalCrossEntropy<T>.Derivative(a, y, da);

        const double h = 1e-5;
        for (int i = 0; i < n; i++)
        {
            double[] above = [.. z], below = [.. z];
            above[i] += h;
            below[i] -= h;
            Assert.Equal((Formula(above, y) - Formula(below, y)) / (2 * h), Lanes.Value(dz[i]), typeof(T) == typeof(float) ? 1e-5 : 1e-8);

            double output = Lanes.Value(a[i]), target = Lanes.Value(y[i]), step = output * 1e-4;
            double slope = -target * (Math.Log(output + step) - Math.Log(output - step)) / (2 * step);
            Assert.Equal(slope, Lanes.Value(da[i]), 1e-5 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(37)]
    public void A_label_is_the_row_with_a_single_one(int n)
    {
        T[] z = Lanes.Uniform<T>(n, -4, 4, seed: n), a = new T[n], fromLabel = new T[n], fromRow = new T[n];
        Softmax<T>.Apply(z, a);
        for (int label = 0; label < n; label++)
        {
            var y = new T[n];
            y[label] = T.One;
            Near(Lanes.Value(CategoricalCrossEntropy<T>.ValueFromLogits(z, y)), CategoricalCrossEntropy<T>.ValueFromLabel(z, label));
            CategoricalCrossEntropy<T>.DerivativeFromLabel(z, a, label, fromLabel);
            CategoricalCrossEntropy<T>.DerivativeFromLogits(z, a, y, fromRow);
            Assert.Equal(fromRow, fromLabel);
        }
    }

    [Fact]
    public void Far_out_the_fused_form_is_finite()
    {
        T[] z = [Lanes.Number<T>(1e4), Lanes.Number<T>(-1e4), T.Zero], a = new T[3], dz = new T[3];
        Softmax<T>.Apply(z, a);
        double[] losses = [0, 2e4, 1e4];
        for (int label = 0; label < 3; label++)
        {
            var y = new T[3];
            y[label] = T.One;
            Assert.Equal(losses[label], Lanes.Value(CategoricalCrossEntropy<T>.ValueFromLabel(z, label)), 1e-6);
            Assert.Equal(losses[label], Lanes.Value(CategoricalCrossEntropy<T>.ValueFromLogits(z, y)), 1e-6);
            CategoricalCrossEntropy<T>.DerivativeFromLogits(z, a, y, dz);
            Assert.Equal(label == 0 ? 0 : 1, Lanes.Value(dz[0]), 1e-6);
            Assert.Equal(label == 1 ? -1 : 0, Lanes.Value(dz[1]), 1e-6);
        }
    }

    [Fact]
    public void A_class_of_weight_zero_counts_as_zero()
    {
        T[] a = [T.Zero, T.One], y = [T.Zero, T.One], da = new T[2];
        Assert.Equal(T.Zero, CategoricalCrossEntropy<T>.Value(a, y));
        CategoricalCrossEntropy<T>.Derivative(a, y, da);
        Assert.Equal([T.Zero, T.NegativeOne], da);
    }

    [Fact]
    public void NaN_in_one_logit_shows_in_the_loss()
    {
        T[] z = [T.NaN, T.One], y = [T.Zero, T.One];
        Assert.True(T.IsNaN(CategoricalCrossEntropy<T>.ValueFromLogits(z, y)));
        Assert.True(T.IsNaN(CategoricalCrossEntropy<T>.ValueFromLabel(z, 1)));
    }

    private static double Formula(double[] z, T[] y)
    {
        double sum = z.Sum(Math.Exp);
        return -z.Zip(y).Sum(p => Lanes.Value(p.Second) * Math.Log(Math.Exp(p.First) / sum));
    }

    private static void Near(double expected, T actual) =>
        Assert.Equal(expected, Lanes.Value(actual), Tolerance * Math.Max(1, Math.Abs(expected)));
}

public sealed class CategoricalCrossEntropyFloatTests : CategoricalCrossEntropyTests<float>;

public sealed class CategoricalCrossEntropyDoubleTests : CategoricalCrossEntropyTests<double>;
