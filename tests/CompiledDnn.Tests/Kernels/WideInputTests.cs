using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Products of wide inputs, which are done in blocks: of terms, of rows and of examples. Against plain loops in double.</summary>
public class WideInputTests
{
    // Around the rows of a tile, of a group of partial sums (128) and of a packed gradient (256).
    public static TheoryData<int> Batches => [1, 4, 5, 8, 9, 127, 128, 129, 255, 256, 257, 515];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Products_of_few_outputs_equal_plain_loops(int m)
    {
        // More outputs than a tile of the gradient has rows, fewer than partial sums are kept for; inputs that leave a rest of a block.
        Check<float, Wide<float, N1500, N20>>(m);
        Check<double, Wide<double, N1500, N20>>(m);
        Check<float, Wide<float, N1500, N9>>(m);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    public void Products_of_very_wide_inputs_equal_plain_loops(int m)
    {
        Check<float, Wide<float, N5000, N2>>(m);
        Check<float, Wide<float, N5000, N37>>(m);
        Check<double, Wide<double, N5000, N37>>(m);
    }

    private static void Check<T, TLayer>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        var random = new Random(m);
        string what = $"{TLayer.Inputs} → {TLayer.Outputs}, m = {m}, {typeof(T).Name}:";
        GuardedRows<T> x = GuardedRows<T>.Random(random, m, TLayer.Inputs, TLayer.InputRowStride);
        GuardedRows<T> w = GuardedRows<T>.Random(random, TLayer.Outputs, TLayer.Inputs, TLayer.WeightStride);
        GuardedRows<T> b = GuardedRows<T>.Random(random, 1, TLayer.Outputs, Lines.RoundUp<T>(TLayer.Outputs));
        GuardedRows<T> dz = GuardedRows<T>.Random(random, m, TLayer.Outputs, TLayer.RowStride);
        double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

        GuardedRows<T> a = GuardedRows<T>.Unwritten(m, TLayer.Outputs, TLayer.RowStride);
        DenseForward.Dot<T, TLayer, Identity<T>>(x.Span, w.Span, b.Span, [], a.Span, m);
        double[] z = PlainLoops.Product(m, TLayer.Outputs, TLayer.Inputs, x.Dense(), TLayer.Inputs, 1, w.Dense(), TLayer.Inputs, 1);
        PlainLoops.AddRow(z, b.Dense());
        a.AssertEquals($"{what} A", z, Tolerance(TLayer.Inputs));

        GuardedRows<T> dw = GuardedRows<T>.Unwritten(TLayer.Outputs, TLayer.Inputs, TLayer.WeightStride);
        GuardedRows<T> db = GuardedRows<T>.Unwritten(1, TLayer.Outputs, Lines.RoundUp<T>(TLayer.Outputs));
        DenseGradient.Dot<T, TLayer>(x.Span, dz.Span, dw.Span, db.Span, m, Share.Whole);
        double[] sums = PlainLoops.Product(TLayer.Outputs, TLayer.Inputs, m, dz.Dense(), 1, TLayer.Outputs, x.Dense(), 1, TLayer.Inputs);
        dw.AssertEquals($"{what} DW", [.. sums.Select(sum => sum / m)], Tolerance(m) / m);

        double[] weights = w.Dense();

        GuardedRows<T> shared = GuardedRows<T>.Unwritten(TLayer.Outputs, TLayer.Inputs, TLayer.WeightStride);
        for (int share = 0; share < 5; share++)
        {
            DenseGradient.Dot<T, TLayer>(x.Span, dz.Span, shared.Span, db.Span, m, new Share(share, 5));
        }

        shared.AssertSameBits($"{what} DW in shares", dw);
        DenseGradient.DescendDot<T, TLayer>(x.Span, dz.Span, w.Span, b.Span, T.CreateTruncating(0.5), m, Share.Whole);
        w.AssertEquals($"{what} W after a step", [.. weights.Zip(sums, (weight, sum) => weight - (0.5 * sum / m))], (Tolerance(m) / m) + (4 * unit));

        double Tolerance(int terms) => (terms + 2) * unit * Math.Max(2, Math.Sqrt(terms));
    }

    private readonly struct Wide<T, TInputs, TOutputs> : IDenseLayer
        where T : unmanaged
        where TInputs : struct, ISize
        where TOutputs : struct, ISize
    {
        public static int Inputs => TInputs.Value;

        public static int Outputs => TOutputs.Value;

        public static int WeightStride => Lines.RoundUp<T>(Inputs + 70);

        public static int InputRowStride => Lines.RoundUp<T>(Inputs);

        public static int InputGradientRowStride => InputRowStride;

        public static int RowStride => Lines.RoundUp<T>(Outputs);

        public static bool HalvesInputs => Inputs >= 5000;
    }

    private readonly struct N2 : ISize
    {
        public static int Value => 2;
    }

    private readonly struct N9 : ISize
    {
        public static int Value => 9;
    }

    private readonly struct N20 : ISize
    {
        public static int Value => 20;
    }

    private readonly struct N37 : ISize
    {
        public static int Value => 37;
    }

    private readonly struct N1500 : ISize
    {
        public static int Value => 1500;
    }

    private readonly struct N5000 : ISize
    {
        public static int Value => 5000;
    }
}
