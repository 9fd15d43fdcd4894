using System.Numerics;
using CompiledDnn.Kernels;
using CompiledDnn.Tests.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The last layer's part of a step with losses over whole rows, such that do all in one go and such that do not.</summary>
public class OutputStepTests
{
    private const int M = 7;

    // A loss of one's own, which says no more than it has to.
    private readonly struct Plain<T> : IRowLoss<T>, IFusedRowLoss<T, Softmax<T>>, ILabelLoss<T, Softmax<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => true;

        public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y) => CategoricalCrossEntropy<T>.Value(a, y);

        public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da) => CategoricalCrossEntropy<T>.Derivative(a, y, da);

        public static T ValueFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> y) => CategoricalCrossEntropy<T>.ValueFromLogits(z, y);

        public static void DerivativeFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz) =>
            CategoricalCrossEntropy<T>.DerivativeFromLogits(z, a, y, dz);

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
        T[] together = new T[M], apart = new T[M];
        GuardedRows<T> a = GuardedRows<T>.Unwritten(M, n, stride), dz = GuardedRows<T>.Unwritten(M, n, stride);
        OutputStep.Labels<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, a.Span, labels, dz.Span, together, M);
        AssertCosts<T, TClasses>(together, tolerance);

        T[] outputs = new T[M * stride], gradient = new T[M * stride];
        OutputStep.Labels<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, Plain<T>>(z.Span, outputs, labels, gradient, apart, M);
        AssertSame(a, outputs, dz, gradient, together, apart, tolerance);

        // The same as rows of targets.
        var y = new GuardedRows<T>(M, n, n);
        for (int row = 0; row < M; row++)
        {
            y[row, labels[row]] = T.One;
        }

        foreach (T[] numbers in (T[][])[outputs, gradient, apart])
        {
            numbers.AsSpan().Clear();
        }

        OutputStep.FusedRow<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, Plain<T>>(z.Span, outputs, y.Span, gradient, apart, M);
        AssertSame(a, outputs, dz, gradient, together, apart, tolerance);

        a = GuardedRows<T>.Unwritten(M, n, stride);
        dz = GuardedRows<T>.Unwritten(M, n, stride);
        OutputStep.FusedRow<T, LanesLayer<T, Sizes.N2, TClasses>, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, a.Span, y.Span, dz.Span, together, M);
        AssertSame(a, outputs, dz, gradient, together, apart, tolerance);

        CompareFromOutputs<T, TClasses>(a, y, apart, tolerance);
    }

    // DA of the loss from A, in place of DZ from Z.
    private static void CompareFromOutputs<T, TClasses>(GuardedRows<T> a, GuardedRows<T> y, T[] losses, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        int n = TClasses.Value;
        GuardedRows<T> da = GuardedRows<T>.Unwritten(M, n, Lines.RoundUp<T>(n));
        var fromOutputs = new T[M];
        OutputStep.Row<T, LanesLayer<T, Sizes.N2, TClasses>, Plain<T>>(a.Span, y.Span, da.Span, fromOutputs, M);

        double[] targets = y.Dense(), outputs = a.Dense();
        da.AssertEquals("DA", [.. targets.Select((target, i) => target == 0 ? 0 : -target / outputs[i] / n)], tolerance * n);
        for (int row = 0; row < M; row++)
        {
            Assert.Equal(Lanes.Value(losses[row]), Lanes.Value(fromOutputs[row]), tolerance * 4);
        }
    }

    private static void AssertSame<T>(
        GuardedRows<T> a, T[] outputs, GuardedRows<T> dz, T[] gradient, T[] together, T[] apart, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = outputs.Length / M, n = a.Dense().Length / M;
        a.AssertUntouchedOutside("A");
        dz.AssertUntouchedOutside("DZ");
        for (int row = 0; row < M; row++)
        {
            Assert.Equal(Lanes.Value(together[row]), Lanes.Value(apart[row]), tolerance * 4);
            for (int column = 0; column < n; column++)
            {
                Assert.Equal(a[row, column], outputs[(row * stride) + column]);
                Assert.Equal(Lanes.Value(dz[row, column]), Lanes.Value(gradient[(row * stride) + column]) * n, tolerance);
            }
        }
    }

    private static void AssertCosts<T, TClasses>(T[] losses, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        double mean = losses.Average(Lanes.Value);
        Assert.Equal(mean, Lanes.Value(OutputStep.Cost<T, LanesLayer<T, Sizes.N2, TClasses>, CategoricalCrossEntropy<T>>(losses)), tolerance * 4);
        Assert.Equal(mean / TClasses.Value, Lanes.Value(OutputStep.Cost<T, LanesLayer<T, Sizes.N2, TClasses>, Plain<T>>(losses)), tolerance * 4);
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
