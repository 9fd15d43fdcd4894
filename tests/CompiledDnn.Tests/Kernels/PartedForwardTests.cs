using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Forward products of so many inputs that their sums are made in parts: against plain loops in double, and whatever the batch, bit by bit.</summary>
public class PartedForwardTests
{
    // Around the examples that have a kernel of their own, the rows of a tile, and those that are done with all parts before the next ones.
    public static TheoryData<int> Batches => [1, 3, 4, 7, 256, 257];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Sums_in_parts_equal_plain_loops_and_do_not_depend_on_the_batch(int m)
    {
        Check<float, N769, N20>(m);
        Check<double, N769, N37>(m);
        Check<float, N1536, N37>(m);
        Check<double, N1537, N20>(m);
    }

    // Rows of W lie pages apart, and panels of them are copied together.
    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Sums_in_parts_of_copied_panels_equal_plain_loops_and_do_not_depend_on_the_batch(int m) => Check<float, N769, N530>(m);

    [Fact]
    public void As_many_inputs_as_a_part_has_at_most_are_one_sum()
    {
        Assert.True(LanesProduct<float, LanesLayer<float, N768, N20>>.IsOneSum);
        Assert.False(LanesProduct<float, LanesLayer<float, N769, N20>>.IsOneSum);
    }

    private static void Check<T, TInputs, TOutputs>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInputs : struct, ISize
        where TOutputs : struct, ISize
    {
        int inputs = TInputs.Value, outputs = TOutputs.Value;
        var random = new Random(m);
        GuardedRows<T> x = GuardedRows<T>.Random(random, m, inputs, inputs);
        GuardedRows<T> w = GuardedRows<T>.Random(random, inputs, outputs, Lines.RoundUp<T>(outputs));
        GuardedRows<T> b = GuardedRows<T>.Random(random, 1, outputs, Lines.RoundUp<T>(outputs));
        string layer = $"{inputs} → {outputs}, m = {m}, {typeof(T).Name}";

        GuardedRows<T> logits = Unwritten(), alone = Unwritten(), beside = Unwritten(), a = Unwritten(), z = Unwritten();
        DenseForward.LanesLogits<T, LanesLayer<T, TInputs, TOutputs>>(x.Span, w.Span, b.Span, logits.Span, m);
        double[] expected = PlainLoops.Product(m, outputs, inputs, x.Dense(), inputs, 1, w.Dense(), 1, outputs);
        PlainLoops.AddRow(expected, b.Dense());
        double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One), tolerance = (inputs + 2) * unit * Math.Sqrt(inputs);
        logits.AssertEquals($"Z of {layer}", expected, tolerance);

        // A cheap function, once in the product's registers and once after it; sigmoid is not zero at zero, so that padding has to be masked.
        DenseForward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, ReLU<T>>(x.Span, w.Span, b.Span, [], alone.Span, m);
        DenseForward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, ReLU<T>>(x.Span, w.Span, b.Span, z.Span, beside.Span, m);
        DenseForward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, Sigmoid<T>>(x.Span, w.Span, b.Span, [], a.Span, m);
        alone.AssertEquals($"ReLU of {layer}", [.. expected.Select(logit => Math.Max(logit, 0))], tolerance);
        a.AssertEquals($"sigmoid of {layer}", [.. expected.Select(logit => 1 / (1 + Math.Exp(-logit)))], tolerance);
        beside.AssertSameBits($"ReLU beside Z of {layer}", alone);
        z.AssertSameBits($"Z beside ReLU of {layer}", logits);

        GuardedRows<T> shared = Unwritten();
        int stride = Lines.RoundUp<T>(outputs);
        foreach (int rows in (int[])[1, 5, 129])
        {
            for (int row = 0; row < m; row += rows)
            {
                int count = Math.Min(rows, m - row);
                DenseForward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, ReLU<T>>(
                    x.Span.Slice(row * inputs, count * inputs), w.Span, b.Span, [], shared.Span.Slice(row * stride, count * stride), count);
            }

            shared.AssertSameBits($"ReLU of {layer}, {rows} at once", alone);
        }

        GuardedRows<T> Unwritten() => GuardedRows<T>.Unwritten(m, outputs, Lines.RoundUp<T>(outputs));
    }

    private readonly struct N20 : ISize
    {
        public static int Value => 20;
    }

    private readonly struct N37 : ISize
    {
        public static int Value => 37;
    }

    private readonly struct N530 : ISize
    {
        public static int Value => 530;
    }

    private readonly struct N768 : ISize
    {
        public static int Value => 768;
    }

    private readonly struct N769 : ISize
    {
        public static int Value => 769;
    }

    private readonly struct N1536 : ISize
    {
        public static int Value => 1536;
    }

    private readonly struct N1537 : ISize
    {
        public static int Value => 1537;
    }
}
