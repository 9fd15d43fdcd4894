using System.Numerics;
using CompiledDnn.Kernels;
using CompiledDnn.Tests.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Softmax and its loss over whole batches, as vectors, against the same row by row.</summary>
public class SoftmaxRowsTests
{
    private const int M = 67;

    private readonly struct Classes10 : ISize
    {
        public static int Value => 10;
    }

    private readonly struct Classes1000 : ISize
    {
        public static int Value => 1000;
    }

    [Fact]
    public void A_batch_equals_its_rows()
    {
        BatchEqualsRows<float, Sizes.N2>(1e-6);
        BatchEqualsRows<float, Sizes.N7>(1e-6);
        BatchEqualsRows<float, Sizes.N16>(1e-6);
        BatchEqualsRows<float, Sizes.N33>(1e-6);
        BatchEqualsRows<float, Sizes.N64>(1e-6);
        BatchEqualsRows<float, Sizes.N65>(1e-6);
        BatchEqualsRows<float, Classes1000>(1e-6);
        BatchEqualsRows<double, Sizes.N2>(1e-14);
        BatchEqualsRows<double, Sizes.N7>(1e-14);
        BatchEqualsRows<double, Sizes.N16>(1e-14);
        BatchEqualsRows<double, Sizes.N33>(1e-14);
        BatchEqualsRows<double, Sizes.N64>(1e-14);
        BatchEqualsRows<double, Sizes.N65>(1e-14);
        BatchEqualsRows<double, Classes1000>(1e-14);
    }

    private static void BatchEqualsRows<T, TClasses>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        int n = TClasses.Value, stride = Lines.RoundUp<T>(n);
        var random = new Random(n);
        GuardedRows<T> z = GuardedRows<T>.Random(random, M, n, stride), y = GuardedRows<T>.Random(random, M, n, n);
        z[3, 0] = T.CreateTruncating(1e4);
        z[4, n - 1] = T.CreateTruncating(-1e4);
        y[5, n - 1] = T.Zero;
        int[] labels = [.. Enumerable.Range(0, M).Select(i => i % n)];
        GuardedRows<T> a = GuardedRows<T>.Unwritten(M, n, stride), dz = GuardedRows<T>.Unwritten(M, n, stride);

        Assert.True(Softmax<T>.TryApply<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, a.Span, M));
        Assert.True(CategoricalCrossEntropy<T>.TrySumFromLogits<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, y.Span, M, out double sum));
        Assert.True(CategoricalCrossEntropy<T>.TrySumFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, labels, M, out double labelSum));
        Assert.True(CategoricalCrossEntropy<T>.TryDerivativesFromLogits<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, a.Span, y.Span, dz.Span, M));

        // In one go the same to the bit.
        GuardedRows<T> together = GuardedRows<T>.Unwritten(M, n, stride), dzTogether = GuardedRows<T>.Unwritten(M, n, stride);
        T[] losses = new T[M + 1], labelLosses = new T[M];
        losses[M] = T.CreateTruncating(12345);
        Assert.True(CategoricalCrossEntropy<T>.TryValuesFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, labels, labelLosses));
        Assert.True(CategoricalCrossEntropy<T>.TryStepFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(
            z.Span, labels, together.Span, dzTogether.Span, losses));
        Assert.Equal([.. labelLosses, T.CreateTruncating(12345)], losses);
        together.AssertSameBits("A in one go", a);
        dzTogether.AssertEquals("DZ in one go", [.. a.Dense().Select((output, i) => output - (i % n == labels[i / n] ? 1 : 0))], tolerance);

        double expectedSum = 0, expectedLabelSum = 0;
        T[] expected = new T[M * n], gradient = new T[M * n];
        for (int row = 0; row < M; row++)
        {
            Span<T> logits = z.Span.Slice(row * stride, n), targets = y.Span.Slice(row * n, n), outputs = expected.AsSpan(row * n, n);
            Softmax<T>.Apply(logits, outputs);
            CategoricalCrossEntropy<T>.DerivativeFromLogits(logits, outputs, targets, gradient.AsSpan(row * n, n));
            expectedSum += Lanes.Value(CategoricalCrossEntropy<T>.ValueFromLogits(logits, targets));
            expectedLabelSum += Lanes.Value(CategoricalCrossEntropy<T>.ValueFromLabel(logits, labels[row]));
        }

        a.AssertEquals($"A of {n}", [.. expected.Select(Lanes.Value)], tolerance);
        dz.AssertEquals($"DZ of {n}", [.. gradient.Select(Lanes.Value)], tolerance * n);
        Assert.Equal(expectedSum, sum, tolerance * Math.Abs(expectedSum) * n);
        Assert.Equal(expectedLabelSum, labelSum, tolerance * Math.Abs(expectedLabelSum));
    }

    [Fact]
    public void An_example_has_the_same_bits_in_every_batch()
    {
        EveryBatch<float, Sizes.N2>();
        EveryBatch<float, Sizes.N7>();
        EveryBatch<float, Sizes.N9>();
        EveryBatch<float, Sizes.N16>();
        EveryBatch<float, Sizes.N17>();
        EveryBatch<float, Sizes.N33>();
        EveryBatch<float, Sizes.N64>();
        EveryBatch<float, Sizes.N65>();
        EveryBatch<double, Sizes.N2>();
        EveryBatch<double, Sizes.N9>();
        EveryBatch<double, Sizes.N17>();
        EveryBatch<double, Sizes.N64>();
        EveryBatch<double, Sizes.N65>();
    }

    // The last m examples by themselves, for every m: each is in another place of its block then.
    private static void EveryBatch<T, TClasses>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        int n = TClasses.Value, stride = Lines.RoundUp<T>(n);
        GuardedRows<T> z = GuardedRows<T>.Random(new Random(n), M, n, stride);
        int[] labels = [.. Enumerable.Range(0, M).Select(i => i * 5 % n)];
        GuardedRows<T> all = GuardedRows<T>.Unwritten(M, n, stride), dzAll = GuardedRows<T>.Unwritten(M, n, stride);
        T[] losses = new T[M];
        Assert.True(CategoricalCrossEntropy<T>.TryStepFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(z.Span, labels, all.Span, dzAll.Span, losses));
        for (int m = 1; m <= M; m++)
        {
            Span<T> logits = z.Span[^(m * stride)..];
            GuardedRows<T> a = GuardedRows<T>.Unwritten(m, n, stride), dz = GuardedRows<T>.Unwritten(m, n, stride);
            T[] some = new T[m], values = new T[m];
            Assert.True(CategoricalCrossEntropy<T>.TryStepFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(logits, labels.AsSpan(M - m), a.Span, dz.Span, some));
            Assert.Equal(all.Span[^(m * stride)..].ToArray(), a.Span.ToArray());
            Assert.Equal(dzAll.Span[^(m * stride)..].ToArray(), dz.Span.ToArray());
            Assert.Equal(losses[^m..], some);

            GuardedRows<T> softmax = GuardedRows<T>.Unwritten(m, n, stride);
            Assert.True(Softmax<T>.TryApply<LanesLayer<T, Sizes.N2, TClasses>>(logits, softmax.Span, m));
            softmax.AssertSameBits("A by itself", a);
            Assert.True(CategoricalCrossEntropy<T>.TryValuesFromLabels<LanesLayer<T, Sizes.N2, TClasses>>(logits, labels.AsSpan(M - m), values));
            Assert.Equal(some, values);
        }
    }

    [Fact]
    public void A_step_from_rows_of_targets_equals_softmax_gradient_and_losses_in_every_batch()
    {
        StepFromTargets<float, Sizes.N2>();
        StepFromTargets<float, Sizes.N7>();
        StepFromTargets<float, Sizes.N9>();
        StepFromTargets<float, Sizes.N16>();
        StepFromTargets<float, Sizes.N17>();
        StepFromTargets<float, Sizes.N33>();
        StepFromTargets<float, Sizes.N64>();
        StepFromTargets<double, Sizes.N2>();
        StepFromTargets<double, Sizes.N9>();
        StepFromTargets<double, Sizes.N17>();
        StepFromTargets<double, Sizes.N64>();
    }

    private static void StepFromTargets<T, TClasses>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TClasses : struct, ISize
    {
        int n = TClasses.Value, stride = Lines.RoundUp<T>(n);
        GuardedRows<T> z = GuardedRows<T>.Random(new Random(n), M, n, stride), y = GuardedRows<T>.Random(new Random(n + 1), M, n, n);
        z[M - 2, 0] = T.NegativeInfinity;
        y[M - 2, 0] = T.Zero;
        for (int m = 1; m <= M; m++)
        {
            Span<T> logits = z.Span[^(m * stride)..], targets = y.Span[^(m * n)..];
            GuardedRows<T> a = GuardedRows<T>.Unwritten(m, n, stride), dz = GuardedRows<T>.Unwritten(m, n, stride);
            T[] losses = new T[m], values = new T[m];
            bool isDone = CategoricalCrossEntropy<T>.TryStepFromTargets<LanesLayer<T, Sizes.N2, TClasses>>(logits, targets, a.Span, dz.Span, losses);

            // Without vectors there are no columns.
            Assert.Equal(Square.IsAccelerated, isDone);
            if (!isDone)
            {
                return;
            }

            GuardedRows<T> softmax = GuardedRows<T>.Unwritten(m, n, stride), gradient = GuardedRows<T>.Unwritten(m, n, stride);
            Assert.True(Softmax<T>.TryApply<LanesLayer<T, Sizes.N2, TClasses>>(logits, softmax.Span, m));
            Assert.True(CategoricalCrossEntropy<T>.TryDerivativesFromLogits<LanesLayer<T, Sizes.N2, TClasses>>(logits, softmax.Span, targets, gradient.Span, m));
            Assert.True(CategoricalCrossEntropy<T>.TryValuesFromLogits<LanesLayer<T, Sizes.N2, TClasses>>(logits, targets, values));
            a.AssertSameBits("A", softmax);
            dz.AssertSameBits("DZ", gradient);
            Assert.Equal(values, losses);
            Assert.All(losses, loss => Assert.True(T.IsFinite(loss)));
        }
    }

    [Fact]
    public void Many_classes_are_left_to_the_form_for_rows()
    {
        GuardedRows<float> z = GuardedRows<float>.Random(new Random(1), M, 65, 80), y = GuardedRows<float>.Random(new Random(2), M, 65, 65);
        GuardedRows<float> a = GuardedRows<float>.Unwritten(M, 65, 80), dz = GuardedRows<float>.Unwritten(M, 65, 80);

        Assert.False(CategoricalCrossEntropy<float>.TryStepFromTargets<LanesLayer<float, Sizes.N2, Sizes.N65>>(z.Span, y.Span, a.Span, dz.Span, new float[M]));
        Assert.All(a.Dense(), output => Assert.True(double.IsNaN(output)));
    }

    [Fact]
    public void An_example_without_targets_has_no_loss_whatever_its_logits()
    {
        foreach (int m in (int[])[2, M])
        {
            float[] z = new float[m * 16], y = new float[m * 7], values = new float[m];
            z.AsSpan(16, 7).Fill(float.NaN);
            y[0] = 1;

            Assert.True(CategoricalCrossEntropy<float>.TryValuesFromLogits<LanesLayer<float, Sizes.N2, Sizes.N7>>(z, y, values));

            Assert.Equal(Math.Log(7), values[0], 1e-6);
            Assert.All(values[1..], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Missing_targets_are_refused()
    {
        float[] z = new float[M * 16], a = new float[M * 16], dz = new float[M * 16];

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            CategoricalCrossEntropy<float>.TryStepFromTargets<LanesLayer<float, Sizes.N2, Sizes.N7>>(z, new float[(M * 7) - 1], a, dz, new float[M]));
        Assert.Equal("y", error.ParamName);
    }

    [Fact]
    public void Outputs_may_take_the_place_of_their_logits()
    {
        GuardedRows<float> z = GuardedRows<float>.Random(new Random(3), M, 10, 16), a = GuardedRows<float>.Unwritten(M, 10, 16);
        Assert.True(Softmax<float>.TryApply<LanesLayer<float, Sizes.N2, Classes10>>(z.Span, a.Span, M));
        Assert.True(Softmax<float>.TryApply<LanesLayer<float, Sizes.N2, Classes10>>(z.Span, z.Span, M));
        z.AssertSameBits("A", a);
    }

    [Fact]
    public void What_is_not_finite_stays_in_its_row_and_out_of_the_padding()
    {
        var z = new GuardedRows<float>(M, 7, 16);
        z.Span.Fill(float.NaN);
        for (int column = 0; column < 7; column++)
        {
            z[2, column] = column;
        }

        float[] a = new float[M * 16];
        Assert.True(Softmax<float>.TryApply<LanesLayer<float, Sizes.N2, Sizes.N7>>(z.Span, a, M));

        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(i % 16 < 7 && i / 16 != 2, float.IsNaN(a[i]));
        }

        Assert.Equal(1, a.AsSpan(32, 16).ToArray().Sum(), 1e-6f);
        Assert.All(a[39..48], padding => Assert.Equal(0, padding));
    }

    [Fact]
    public void Rows_without_padding_are_left_to_the_form_for_single_rows()
    {
        var rows = new float[(M * 16) - 1];
        Assert.False(Softmax<float>.TryApply<LanesLayer<float, Sizes.N2, Sizes.N7>>(rows, rows, M));
        Assert.False(Softmax<float>.TryApply<DotLayer<float, Sizes.N2, Sizes.N1>>(rows, rows, M));
        Assert.False(CategoricalCrossEntropy<float>.TrySumFromLogits<LanesLayer<float, Sizes.N2, Sizes.N7>>(rows, rows, M, out _));
        Assert.False(CategoricalCrossEntropy<float>.TrySumFromLabels<LanesLayer<float, Sizes.N2, Sizes.N7>>(rows, new int[M], M, out _));
        Assert.False(CategoricalCrossEntropy<float>.TryDerivativesFromLogits<LanesLayer<float, Sizes.N2, Sizes.N7>>(rows, rows, rows, rows, M));
    }
}
