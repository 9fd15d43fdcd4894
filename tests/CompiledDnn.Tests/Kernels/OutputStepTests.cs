using System.Numerics;
using CompiledDnn.Kernels;
using CompiledDnn.Tests.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The last layer's part of a step from labels, with losses that do all in one go and losses that do not.</summary>
public class OutputStepTests
{
    private const int M = 7;

    // A loss of one's own, which says no more than it has to.
    private readonly struct Plain<T> : IRowLoss<T>, ILabelLoss<T, Softmax<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => true;

        public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y) => CategoricalCrossEntropy<T>.Value(a, y);

        public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da) => CategoricalCrossEntropy<T>.Derivative(a, y, da);

        public static T ValueFromLabel(ReadOnlySpan<T> z, int label) => CategoricalCrossEntropy<T>.ValueFromLabel(z, label);

        public static void DerivativeFromLabel(ReadOnlySpan<T> z, ReadOnlySpan<T> a, int label, Span<T> dz) =>
            CategoricalCrossEntropy<T>.DerivativeFromLabel(z, a, label, dz);
    }

    [Fact]
    public void A_loss_that_shares_nothing_gives_the_same_but_for_its_mean()
    {
        Compare<float, Sizes.N7>(1e-6);
        Compare<float, Sizes.N33>(1e-6);
        Compare<double, Sizes.N7>(1e-14);
        Compare<double, Sizes.N33>(1e-14);
    }

    private static void Compare<T, TClasses>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        int n = TClasses.Value, stride = Lines.RoundUp<T>(n);
        GuardedRows<T> z = GuardedRows<T>.Random(new Random(n), M, n, stride);
        int[] labels = [.. Enumerable.Range(0, M).Select(i => i * 5 % n)];
        GuardedRows<T> a = GuardedRows<T>.Unwritten(M, n, stride), dz = GuardedRows<T>.Unwritten(M, n, stride);
        T[] together = new T[M], apart = new T[M];

        OutputStep.Labels<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, a.Span, labels, dz.Span, together, M);
        T[] outputs = new T[M * stride], gradient = new T[M * stride];
        OutputStep.Labels<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, Plain<T>>(z.Span, outputs, labels, gradient, apart, M);

        for (int row = 0; row < M; row++)
        {
            Assert.Equal(Lanes.Value(together[row]), Lanes.Value(apart[row]), tolerance * 4);
            for (int column = 0; column < n; column++)
            {
                Assert.Equal(a[row, column], outputs[(row * stride) + column]);
                Assert.Equal(Lanes.Value(dz[row, column]), Lanes.Value(gradient[(row * stride) + column]) * n, tolerance);
            }
        }

        double mean = together.Average(Lanes.Value);
        Assert.Equal(mean, Lanes.Value(OutputStep.Cost<T, LanesLayer<T, Sizes.N2, TClasses>, CategoricalCrossEntropy<T>>(together)), tolerance * 4);
        Assert.Equal(mean / n, Lanes.Value(OutputStep.Cost<T, LanesLayer<T, Sizes.N2, TClasses>, Plain<T>>(together)), tolerance * 4);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    public void A_label_that_is_no_class_is_refused(int label)
    {
        float[] rows = new float[2 * 48];

        Assert.Throws<ArgumentOutOfRangeException>(() => OutputStep.Labels<float, LanesLayer<float, Sizes.N2, Sizes.N7>, Softmax<float>, CategoricalCrossEntropy<float>>(
            rows, rows, [0, label], rows, new float[2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OutputStep.Labels<float, LanesLayer<float, Sizes.N2, Sizes.N33>, Softmax<float>, CategoricalCrossEntropy<float>>(
            rows, rows, [0, label < 0 ? label : 33], rows, new float[2], 2));
    }

    [Fact]
    public void Memory_that_is_too_short_is_refused()
    {
        float[] rows = new float[2 * 16];

        Assert.Throws<ArgumentException>(() => OutputStep.Labels<float, LanesLayer<float, Sizes.N2, Sizes.N7>, Softmax<float>, Plain<float>>(
            rows, rows, [0], rows, new float[2], 2));
        Assert.Throws<ArgumentException>(() => OutputStep.Labels<float, LanesLayer<float, Sizes.N2, Sizes.N7>, Softmax<float>, Plain<float>>(
            rows, rows, [0, 1], rows, new float[1], 2));
    }
}
