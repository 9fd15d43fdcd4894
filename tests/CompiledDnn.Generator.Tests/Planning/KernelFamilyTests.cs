using CompiledDnn.Generator.Planning;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>Which family of kernels a layer gets, the reason that is printed, and what it means for the weights.</summary>
public class KernelFamilyTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(64, 128)]
    [InlineData(127, 4)]
    [InlineData(255, 8)]
    [InlineData(511, 12)]
    [InlineData(255, 20)]
    [InlineData(511, 24)]
    [InlineData(1023, 16)]
    [InlineData(1023, 25)]
    [InlineData(1023, 32)]
    [InlineData(1024, 33)]
    [InlineData(12288, 1000)]
    public void Lanes_run_across_the_outputs_of_most_layers(int inputs, int outputs)
    {
        LayerPlan layer = Plans.OfFloat(inputs, outputs).Layers[0];

        Assert.Equal((KernelFamily.Lanes, "lanes across outputs"), (layer.Family, layer.Reason));
        Assert.Equal((1, layer.WeightStride), (layer.OutputStride, layer.InputStride));
        Assert.Equal(layer.WeightStride * inputs, layer.WeightLength);
    }

    [Theory]
    [InlineData(1024, 32)]
    [InlineData(1024, 2)]
    [InlineData(12288, 20)]
    public void Few_outputs_of_a_wide_input_are_dot_products(int inputs, int outputs)
    {
        LayerPlan layer = Plans.OfFloat(inputs, outputs).Layers[0];

        Assert.Equal((KernelFamily.Dot, "wide input, few outputs"), (layer.Family, layer.Reason));
        Assert.Equal((layer.WeightStride, 1), (layer.OutputStride, layer.InputStride));
        Assert.Equal(layer.WeightStride * outputs, layer.WeightLength);
    }

    [Theory]
    [InlineData(Plans.Float, 128, 2)]
    [InlineData(Plans.Float, 128, 4)]
    [InlineData(Plans.Float, 256, 5)]
    [InlineData(Plans.Float, 256, 8)]
    [InlineData(Plans.Float, 128, 9)]
    [InlineData(Plans.Float, 128, 10)]
    [InlineData(Plans.Float, 256, 20)]
    [InlineData(Plans.Float, 512, 12)]
    [InlineData(Plans.Float, 512, 24)]
    [InlineData(Plans.Double, 128, 2)]
    [InlineData(Plans.Double, 256, 4)]
    [InlineData(Plans.Double, 128, 5)]
    [InlineData(Plans.Double, 256, 10)]
    public void Outputs_that_leave_lanes_empty_are_dot_products_over_fewer_inputs(int elementSize, int inputs, int outputs)
    {
        LayerPlan layer = Plans.Of(elementSize, inputs, outputs).Layers[0];

        Assert.Equal((KernelFamily.Dot, "outputs that leave lanes empty"), (layer.Family, layer.Reason));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(4096)]
    public void The_only_output_of_the_last_layer_is_a_dot_product(int inputs)
    {
        LayerPlan layer = Plans.OfFloat(inputs, 1).Layers[0];

        Assert.Equal((KernelFamily.Dot, "one output"), (layer.Family, layer.Reason));
    }

    [Fact]
    public void A_hidden_layer_with_one_output_keeps_its_lanes() => Assert.Equal(
        [KernelFamily.Lanes, KernelFamily.Lanes, KernelFamily.Dot],
        Plans.OfFloat(8, 1, 4, 1).Layers.Select(layer => layer.Family));

    [Fact]
    public void A_layer_is_judged_by_its_own_shape_wherever_it_lies() => Assert.Equal(
        [KernelFamily.Lanes, KernelFamily.Dot, KernelFamily.Lanes],
        Plans.OfFloat(64, 2048, 16, 3).Layers.Select(layer => layer.Family));

    [Theory]
    [InlineData(Plans.Float, 512, 1024, 1040)]
    [InlineData(Plans.Float, 512, 2033, 2064)] // rounded up to 2048 first
    [InlineData(Plans.Float, 512, 1536, 1536)]
    [InlineData(Plans.Double, 512, 1024, 1032)]
    [InlineData(Plans.Double, 512, 1536, 1544)]
    [InlineData(Plans.Double, 512, 1280, 1280)]
    public void Rows_of_weights_a_multiple_of_4096_bytes_apart_are_one_line_longer(int elementSize, int inputs, int outputs, int stride) =>
        Assert.Equal(stride, Plans.Of(elementSize, inputs, outputs).Layers[0].WeightStride);

    [Theory]
    [InlineData(Plans.Float, 1024, 1328)] // 64 lines are 83, 19 more than a multiple of 64
    [InlineData(Plans.Float, 1328, 1328)]
    [InlineData(Plans.Float, 1329, 1360)] // 84 lines are 85, the next odd number
    [InlineData(Plans.Float, 1500, 1616)] // 94 lines are 101, 37 more than a multiple of 64
    [InlineData(Plans.Float, 12288, 12592)]
    [InlineData(Plans.Double, 12288, 12440)]
    public void Rows_of_weights_for_dot_products_are_spread_over_the_sets_of_a_cache(int elementSize, int inputs, int stride) =>
        Assert.Equal(stride, Plans.Of(elementSize, inputs, 20).Layers[0].WeightStride);

    [Fact]
    public void A_single_row_of_weights_has_no_other_to_collide_with() =>
        Assert.Equal(1024, Plans.OfFloat(1024, 1).Layers[0].WeightStride);

    [Theory]
    [InlineData(Plans.Float, 12288, 20, 0)]
    [InlineData(Plans.Float, 12290, 20, 12304)]
    [InlineData(Plans.Float, 5, 1, 16)]
    [InlineData(Plans.Float, 16, 1, 0)]
    [InlineData(Plans.Double, 5, 1, 8)]
    [InlineData(Plans.Double, 12280, 20, 0)]
    [InlineData(Plans.Float, 12280, 20, 12288)]
    [InlineData(Plans.Float, 5, 3, 0)] // each input is broadcast: where it lies does not matter
    public void Inputs_are_packed_where_dot_products_would_read_them_across_lines(int elementSize, int inputs, int outputs, int packed)
    {
        NetworkPlan plan = Plans.Of(elementSize, inputs, outputs);

        Assert.Equal(packed, plan.PackedInputStride);
        Assert.Equal(packed, plan.Scratch.PackedStride);
        Assert.Equal(packed == 0 ? inputs : packed, plan.Layers[0].InputRowStride);
    }

    [Fact]
    public void A_hidden_layer_of_dot_products_needs_no_packing_because_its_inputs_are_padded()
    {
        NetworkPlan plan = Plans.OfFloat(4, 5, 1);

        Assert.Equal(KernelFamily.Dot, plan.Layers[1].Family);
        Assert.Equal(0, plan.PackedInputStride);
        Assert.Equal(16, plan.Layers[1].InputRowStride);
    }
}
