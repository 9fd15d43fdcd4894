using System.Linq;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Planning;
using CompiledDnn.Generator.Tests.Parsing;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>When a step pushes tiles of the batch through all layers, and how a batch is divided.</summary>
public class SmallStepPlanTests
{
    [Theory]
    [InlineData(96, 2, 16, 16, 1)]
    [InlineData(96, 64, 32, 10)]
    [InlineData(64, 4, 32, 16, 4)]
    [InlineData(128, 5, 8, 2)]
    [InlineData(48, 8, 64, 2)]
    [InlineData(32, 8, 96, 2)]
    [InlineData(32, 8, 97, 2)] // the fewest that make a tile, in more memory
    [InlineData(48, 4, 4, 4, 4, 4, 1)]
    [InlineData(32, 4, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1)]
    [InlineData(0, 4, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1)] // fewer examples than make a tile
    [InlineData(0, 300, 16, 1)] // more than 16 kB
    [InlineData(0, 30, 1)] // nothing to push through
    [InlineData(0, 2048, 1, 2)] // dot products in a hidden layer
    [InlineData(0, 1, 100_000_000, 1, 100_000_000, 1)]
    public void Small_networks_have_tiles_of_so_many_examples(int rows, params int[] sizes) =>
        Assert.Equal(rows, Plans.OfFloat(sizes).StepRows);

    [Fact]
    public void A_layer_that_keeps_Z_takes_more() =>
        Assert.Equal(64, NetworkPlanner.Plan([4, 32, 1], [true, true], Plans.Float).StepRows);

    [Fact]
    public void A_network_with_dropout_goes_layer_by_layer() =>
        Assert.Equal(0, NetworkPlanner.Plan([4, 32, 1], [true, true], Plans.Float, hasDropout: true).StepRows);

    [Fact]
    public void Chunks_follow_from_the_batch_alone()
    {
        Assert.Equal([1, 1, 2, 2, 3, 15, 16, 16], new[] { 1, 1023, 1024, 1535, 1536, 8191, 8192, 1_000_000_000 }.Select(StepShape.Chunks));
    }

    [Theory]
    [InlineData("[Network(4, 3, 1)]", true)]
    [InlineData("[Network(784, 128, 10)]", false)]
    public void The_emitted_table_says_so(string attribute, bool isSmall)
    {
        string emitted = NetworkEmitter.Emit(Parse.Spec($"{attribute} partial class Net;"));

        Assert.Equal(isSmall ? 2 : 0, emitted.Split("A step: tiles of up to 128 examples through all layers, up and down.").Length - 1);
        Assert.Equal(isSmall, emitted.Contains("SmallStep.Descend<"));
    }
}
