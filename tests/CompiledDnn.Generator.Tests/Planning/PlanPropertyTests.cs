using CompiledDnn.Generator.Planning;
using CsCheck;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>What holds for the plan of every network.</summary>
public class PlanPropertyTests
{
    // Sizes around whole lines and whole cache ways beside arbitrary ones.
    private static readonly Gen<int> s_size = Gen.Frequency(
        (4, Gen.Int[1, 70]),
        (2, Gen.Int[1, 5000]),
        (2, Gen.Select(Gen.Int[1, 5], Gen.Int[-1, 1], (ways, off) => (ways * 1024) + off)),
        (1, Gen.Select(Gen.Int[1, 40], Gen.Int[-1, 0], (lines, off) => (lines * 16) + off)));

    private static readonly Gen<(int[] Sizes, bool[] NeedsZ, int ElementSize)> s_network =
        from sizes in s_size.Array[2, 9]
        from needsZ in Gen.Bool.Array[sizes.Length - 1]
        from elementSize in Gen.Bool.Select(isDouble => isDouble ? Plans.Double : Plans.Float)
        select (sizes, needsZ, elementSize);

    [Fact]
    public void Everything_begins_on_a_cache_line_and_follows_without_gap_or_overlap() => Check((plan, line, _) =>
    {
        int next = 0;
        foreach (LayerPlan layer in plan.Layers)
        {
            Assert.Equal(next, layer.WeightOffset);
            Assert.Equal(next + layer.WeightLength, layer.BiasOffset);
            Assert.Equal(0, layer.WeightOffset % line);
            Assert.Equal(0, layer.BiasOffset % line);
            Assert.Equal(0, layer.WeightStride % line);
            next = layer.BiasOffset + layer.BiasLength;
        }

        Assert.Equal(next, plan.BlockLength);
    });

    [Fact]
    public void Every_weight_and_bias_has_a_place_of_its_own() => Check((plan, line, _) =>
    {
        foreach (LayerPlan layer in plan.Layers)
        {
            (int rows, int columns) = layer.Family == KernelFamily.Dot ? (layer.Outputs, layer.Inputs) : (layer.Inputs, layer.Outputs);
            Assert.Equal(rows * layer.WeightStride, layer.WeightLength);
            int mostLines = layer is { Family: KernelFamily.Dot, Inputs: >= 1024, Outputs: > 1 } ? 39 : 2;
            Assert.InRange(layer.WeightStride, columns, columns + (mostLines * line) - 1);
            Assert.Equal(layer.Family == KernelFamily.Dot ? 1 : layer.WeightStride, layer.InputStride);
            Assert.Equal(layer.Family == KernelFamily.Dot ? layer.WeightStride : 1, layer.OutputStride);
            Assert.InRange(layer.BiasLength, layer.Outputs, layer.Outputs + line - 1);
        }
    });

    [Fact]
    public void Rows_never_lie_a_multiple_of_4096_bytes_apart() => Check((plan, _, _) =>
        Assert.All(plan.Layers, layer =>
        {
            int rows = layer.Family == KernelFamily.Dot ? layer.Outputs : layer.Inputs;
            Assert.True(rows == 1 || layer.WeightStride * (long)plan.ElementSize % 4096 != 0, $"W{layer.Index}");
            Assert.NotEqual(0, layer.RowStride * (long)plan.ElementSize % 4096);
        }));

    [Fact]
    public void Each_layer_reads_the_rows_that_the_one_before_writes() => Check((plan, line, sizes) =>
    {
        for (int l = 1; l <= plan.Layers.Count; l++)
        {
            LayerPlan layer = plan.Layers[l - 1];
            Assert.Equal((l, sizes[l - 1], sizes[l]), (layer.Index, layer.Inputs, layer.Outputs));
            if (l > 1)
            {
                Assert.Equal(plan.Layers[l - 2].RowStride, layer.InputRowStride);
                Assert.Equal(layer.InputRowStride, layer.InputGradientRowStride);
            }

            bool isSingle = l == plan.Layers.Count && layer.Outputs == 1;
            Assert.Equal(isSingle ? 1 : ApartInCache(RoundUp(layer.Outputs, line), line), layer.RowStride);
        }

        LayerPlan first = plan.Layers[0];
        Assert.Equal(plan.PackedInputStride > 0 ? plan.PackedInputStride : sizes[0], first.InputRowStride);
        Assert.Equal(RoundUp(sizes[0], line), first.InputGradientRowStride);
    });

    [Fact]
    public void Inputs_are_packed_exactly_where_dot_products_would_read_them_across_lines() => Check((plan, line, sizes) =>
    {
        bool packed = plan.Layers[0].Family == KernelFamily.Dot && sizes[0] % line != 0;

        Assert.Equal(packed ? RoundUp(sizes[0], line) : 0, plan.PackedInputStride);
    });

    [Fact]
    public void Dot_products_read_rows_of_whole_lines() => Check((plan, line, _) => Assert.All(
        plan.Layers.Where(layer => layer.Family == KernelFamily.Dot),
        layer => Assert.Equal(0, layer.InputRowStride % line)));

    [Fact]
    public void The_scratch_holds_every_layer_that_does_not_write_the_outputs() => Check((plan, _, _) =>
    {
        ScratchPlan scratch = plan.Scratch;
        LayerPlan last = plan.Layers[plan.Layers.Count - 1];
        Assert.Equal(last.RowStride == last.Outputs, scratch.WritesOutputs);
        Assert.Equal(plan.PackedInputStride, scratch.PackedStride);
        Assert.Equal(Widest(plan, remainder: 1), scratch.OddStride);
        Assert.Equal(Widest(plan, remainder: 0), scratch.EvenStride);
        Assert.Equal(Math.Max(1, scratch.PackedStride + scratch.OddStride + scratch.EvenStride), scratch.PerExample);
        Assert.Equal((scratch.PerExample * plan.ElementSize) + 64 <= 32 * 1024, scratch.FitsStack);
    });

    [Fact]
    public void Counts_are_those_of_the_sizes_alone() => Check((plan, _, sizes) =>
    {
        long weights = Enumerable.Range(1, sizes.Length - 1).Sum(l => (long)sizes[l] * sizes[l - 1]);
        Assert.Equal(weights + sizes.Skip(1).Sum(), plan.ParameterCount);
        Assert.Equal(2 * weights, plan.PredictOperations);
        Assert.Equal((6 * weights) - (2L * sizes[0] * sizes[1]), plan.TrainOperations);
    });

    [Fact]
    public void The_same_numbers_give_the_same_plan() => s_network.Sample(network =>
    {
        NetworkPlan first = NetworkPlanner.Plan(network.Sizes, network.NeedsZ, network.ElementSize);
        NetworkPlan second = NetworkPlanner.Plan([.. network.Sizes], [.. network.NeedsZ], network.ElementSize);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(network.NeedsZ, first.Layers.Select(layer => layer.NeedsZ));
    });

    // A line is 64 bytes: 64 of them are 4096.
    private static int ApartInCache(int stride, int line) => stride % (64 * line) == 0 ? stride + line : stride;

    private static void Check(Action<NetworkPlan, int, int[]> property) => s_network.Sample(network => property(
        NetworkPlanner.Plan(network.Sizes, network.NeedsZ, network.ElementSize), 64 / network.ElementSize, network.Sizes));

    private static int Widest(NetworkPlan plan, int remainder) => plan.Layers
        .Where(layer => layer.Index % 2 == remainder && !(plan.Scratch.WritesOutputs && layer.Index == plan.Layers.Count))
        .Select(layer => layer.RowStride)
        .Append(0)
        .Max();

    private static int RoundUp(int value, int line) => (value + line - 1) / line * line;
}
