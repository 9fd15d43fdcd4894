using CompiledDnn.Generator.Planning;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>The memory that a prediction takes for one example.</summary>
public class ScratchPlanTests
{
    [Fact]
    public void Layers_take_turns_in_two_buffers_as_wide_as_the_widest_that_uses_them() => Assert.Equal(
        new ScratchPlan(PackedStride: 0, OddStride: 112, EvenStride: 48, WritesOutputs: false, FitsStack: true),
        Plans.OfFloat(9, 20, 40, 100, 3).Scratch);

    [Fact]
    public void A_last_layer_with_dense_rows_writes_the_outputs_and_needs_no_buffer() => Assert.Equal(
        new ScratchPlan(PackedStride: 0, OddStride: 32, EvenStride: 0, WritesOutputs: true, FitsStack: true),
        Plans.OfFloat(9, 20, 64).Scratch);

    [Theory]
    [InlineData(Plans.Float, 16, true)]
    [InlineData(Plans.Float, 8, false)]
    [InlineData(Plans.Double, 8, true)]
    [InlineData(Plans.Double, 10, false)]
    [InlineData(Plans.Float, 1, true)]
    public void Rows_are_dense_where_they_fill_lines_or_have_one_number(int elementSize, int outputs, bool writes)
    {
        NetworkPlan plan = Plans.Of(elementSize, 4, 3, outputs);

        Assert.Equal(writes, plan.Scratch.WritesOutputs);
        Assert.Equal(writes, plan.Layers[1].RowStride == outputs);
    }

    [Fact]
    public void A_network_that_needs_no_buffer_asks_for_one_number_all_the_same()
    {
        ScratchPlan scratch = Plans.OfFloat(16, 1).Scratch;

        Assert.Equal(new ScratchPlan(0, 0, 0, WritesOutputs: true, FitsStack: true), scratch);
        Assert.Equal(1, scratch.PerExample);
    }

    [Fact]
    public void Packed_inputs_are_part_of_it() =>
        Assert.Equal(12304 + 32, Plans.OfFloat(12290, 20, 1).Scratch.PerExample);

    [Theory]
    [InlineData(Plans.Float, 8176, true)] // 32 kB less one line, to the byte
    [InlineData(Plans.Float, 8192, false)]
    [InlineData(Plans.Double, 4088, true)]
    [InlineData(Plans.Double, 4096, false)]
    public void One_example_fits_the_stack_up_to_32_kB_less_the_line_that_aligns_it(int elementSize, int width, bool fits) =>
        Assert.Equal(fits, Plans.Of(elementSize, 4, width, 1).Scratch.FitsStack);

    [Fact]
    public void The_widest_network_of_all_does_not_overflow_into_the_stack() =>
        Assert.False(Plans.OfFloat(1, 100_000_000, 1, 100_000_000, 1).Scratch.FitsStack);
}
