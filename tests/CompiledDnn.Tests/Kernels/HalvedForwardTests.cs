using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// Layers that add up two halves of their inputs: against plain loops in double, and in shares of any number against the whole, bit by bit.
/// </summary>
public class HalvedForwardTests
{
    // Around the examples that have a kernel of their own and the rows of a tile; more than are finished together where a function is long.
    public static TheoryData<int> Batches => [1, 2, 3, 4, 9, 49, 131];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Lanes_across_outputs_in_any_shares_have_the_bits_of_the_whole(int m)
    {
        // Outputs that leave half a vector or less, more than half, and none; inputs on and beside a multiple of the gradient's shares.
        Lanes<float, N257, N20>(m);
        Lanes<float, N300, N79>(m);
        Lanes<double, N300, N37>(m);
        Lanes<double, N257, N64>(m);
    }

    // Halves that are added up in parts themselves: one of them, or both. More examples than are done with all parts before the next ones.
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(256)]
    [InlineData(259)]
    public void Halves_in_parts_in_any_shares_have_the_bits_of_the_whole(int m)
    {
        Lanes<float, N1541, N20>(m);
        Lanes<double, N1800, N37>(m);
        Lanes<float, N5000, N20>(m);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Dot_products_in_any_shares_have_the_bits_of_the_whole(int m)
    {
        Dot<float, N5000, N2>(m);
        Dot<float, N5000, N20>(m);
        Dot<double, N5000, N9>(m);
        Dot<double, N5000, N37>(m);
    }

    [Theory]
    [InlineData(12288, 4, 6144)]
    [InlineData(12288, 8, 6144)]
    [InlineData(4112, 4, 2048)] // a line more in the second half
    [InlineData(4128, 4, 2048)]
    [InlineData(4144, 4, 2080)]
    public void The_border_of_dot_products_is_at_two_cache_lines(int inputs, int elementSize, int border) =>
        Assert.Equal(border, InputHalves.DotBorder(inputs, elementSize));

    [Theory]
    [InlineData(257, 126)]
    [InlineData(300, 150)]
    [InlineData(306, 150)]
    [InlineData(784, 390)]
    public void The_border_with_lanes_across_outputs_is_that_of_the_gradients_shares(int inputs, int border)
    {
        Assert.Equal(border, InputHalves.LanesBorder(inputs));
        Assert.Equal(border, new Share(0, 2).Of(inputs, InputHalves.LanesMultiple).Count);
    }

    [Fact]
    public void The_border_of_dot_products_is_that_of_the_gradients_shares()
    {
        Assert.Equal(
            OuterProduct<float, GradientDot<DotLayer<float, N5000, N20>>, MeanEpilogue<float>>.Columns(new Share(0, 2)).Count,
            InputHalves.DotBorder(5000, sizeof(float)));
        Assert.Equal(
            OuterProduct<double, GradientDot<DotLayer<double, N5000, N9>>, MeanEpilogue<double>>.Columns(new Share(0, 2)).Count,
            InputHalves.DotBorder(5000, sizeof(double)));
    }

    private static void Lanes<T, TInputs, TOutputs>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInputs : struct, ISize
        where TOutputs : struct, ISize =>
        Check<T, Halved<LanesLayer<T, TInputs, TOutputs>>>(new LanesForm<T, Halved<LanesLayer<T, TInputs, TOutputs>>>(), m);

    private static void Dot<T, TInputs, TOutputs>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInputs : struct, ISize
        where TOutputs : struct, ISize =>
        Check<T, Halved<DotLayer<T, TInputs, TOutputs>>>(new DotForm<T, Halved<DotLayer<T, TInputs, TOutputs>>>(), m);

    private static void Check<T, TLayer>(IForm<T> form, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        var random = new Random(m);
        GuardedRows<T> x = GuardedRows<T>.Random(random, m, TLayer.Inputs, TLayer.InputRowStride);
        (int weightRows, int weightColumns) = form.WeightShape;
        GuardedRows<T> w = GuardedRows<T>.Random(random, weightRows, weightColumns, TLayer.WeightStride);
        GuardedRows<T> b = GuardedRows<T>.Random(random, 1, TLayer.Outputs, Lines.RoundUp<T>(TLayer.Outputs));
        string layer = $"{TLayer.Inputs} → {TLayer.Outputs}, m = {m}, {typeof(T).Name}";

        GuardedRows<T> z = Unwritten(), a = Unwritten(), alone = Unwritten(), bent = Unwritten(), bentZ = Unwritten();
        form.Forward(x, w, b, z.Span, a.Span, m);
        form.Forward(x, w, b, [], alone.Span, m);
        form.ForwardCheap(x, w, b, bentZ.Span, Unwritten().Span, m);
        form.ForwardCheap(x, w, b, [], bent.Span, m);

        bool isLanes = weightRows == TLayer.Inputs;
        double[] logits = PlainLoops.Product(
            m, TLayer.Outputs, TLayer.Inputs, x.Dense(), TLayer.Inputs, 1, w.Dense(), isLanes ? 1 : TLayer.Inputs, isLanes ? TLayer.Outputs : 1);
        PlainLoops.AddRow(logits, b.Dense());
        double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        double tolerance = (TLayer.Inputs + 2) * unit * Math.Sqrt(TLayer.Inputs);
        z.AssertEquals($"Z of {layer}", logits, tolerance);
        bent.AssertEquals($"A of {layer}", [.. logits.Select(logit => Math.Max(logit, 0))], tolerance);
        alone.AssertSameBits($"A without Z of {layer}", a);
        bentZ.AssertSameBits($"Z with a cheap function of {layer}", z);

        foreach (int shares in (int[])[1, 2, 3, 7])
        {
            string what = $"{layer}, {shares} shares:";
            GuardedRows<T> sums = Unwritten(), outputs = Unwritten(), rest = Unwritten();
            Sum(sums.Span, outputs.Span, rest.Span, shares);
            HalvedForward.Activate<T, TLayer, SiLU<T>>(sums.Span, outputs.Span, rest.Span, m);
            sums.AssertSameBits($"{what} Z", z);
            outputs.AssertSameBits($"{what} A", a);

            GuardedRows<T> both = Unwritten();
            Sum([], both.Span, rest.Span, shares);
            HalvedForward.Activate<T, TLayer, SiLU<T>>([], both.Span, rest.Span, m);
            both.AssertSameBits($"{what} A without Z", a);

            GuardedRows<T> cheap = Unwritten();
            Sum([], cheap.Span, rest.Span, shares);
            HalvedForward.Activate<T, TLayer, ReLU<T>>([], cheap.Span, rest.Span, m);
            cheap.AssertSameBits($"{what} A of a cheap function", bent);
        }

        GuardedRows<T> Unwritten() => GuardedRows<T>.Unwritten(m, TLayer.Outputs, TLayer.RowStride);

        void Sum(Span<T> sums, Span<T> outputs, Span<T> rest, int shares)
        {
            for (int share = 0; share < shares; share++)
            {
                form.Sum(x, w, b, sums, outputs, rest, m, new Share(share, shares));
            }
        }
    }

    // The two families of a layer: their weights, the whole forward product with a long and a cheap function, and the sums of a share.
    private interface IForm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int Rows, int Columns) WeightShape { get; }

        void Forward(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m);

        void ForwardCheap(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m);

        void Sum(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, Span<T> rest, int m, Share share);
    }

    private sealed class LanesForm<T, TLayer> : IForm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        public (int Rows, int Columns) WeightShape => (TLayer.Inputs, TLayer.Outputs);

        public void Forward(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m) =>
            DenseForward.Lanes<T, TLayer, SiLU<T>>(x.Span, w.Span, b.Span, z, a, m);

        public void ForwardCheap(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m) =>
            DenseForward.Lanes<T, TLayer, ReLU<T>>(x.Span, w.Span, b.Span, z, a, m);

        public void Sum(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, Span<T> rest, int m, Share share) =>
            HalvedForward.Lanes<T, TLayer>(x.Span, w.Span, b.Span, z, a, rest, m, share);
    }

    private sealed class DotForm<T, TLayer> : IForm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        public (int Rows, int Columns) WeightShape => (TLayer.Outputs, TLayer.Inputs);

        public void Forward(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m) =>
            DenseForward.Dot<T, TLayer, SiLU<T>>(x.Span, w.Span, b.Span, z, a, m);

        public void ForwardCheap(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, int m) =>
            DenseForward.Dot<T, TLayer, ReLU<T>>(x.Span, w.Span, b.Span, z, a, m);

        public void Sum(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, Span<T> z, Span<T> a, Span<T> rest, int m, Share share) =>
            HalvedForward.Dot<T, TLayer>(x.Span, w.Span, b.Span, z, a, rest, m, share);
    }

    // A layer of these, whose sums are made in halves.
    private readonly struct Halved<TLayer> : IDenseLayer
        where TLayer : struct, IDenseLayer
    {
        public static int Inputs => TLayer.Inputs;

        public static int Outputs => TLayer.Outputs;

        public static int WeightStride => TLayer.WeightStride;

        public static int InputRowStride => TLayer.InputRowStride;

        public static int InputGradientRowStride => TLayer.InputGradientRowStride;

        public static int RowStride => TLayer.RowStride;

        public static bool HalvesInputs => true;
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

    private readonly struct N64 : ISize
    {
        public static int Value => 64;
    }

    private readonly struct N79 : ISize
    {
        public static int Value => 79;
    }

    private readonly struct N257 : ISize
    {
        public static int Value => 257;
    }

    private readonly struct N300 : ISize
    {
        public static int Value => 300;
    }

    // 768 and 773.
    private readonly struct N1541 : ISize
    {
        public static int Value => 1541;
    }

    private readonly struct N1800 : ISize
    {
        public static int Value => 1800;
    }

    private readonly struct N5000 : ISize
    {
        public static int Value => 5000;
    }
}
