using System.Linq;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Planning;
using CompiledDnn.Generator.Tests.Parsing;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>When a step adds up the halves of its inputs apart, and where they are divided.</summary>
public class InputHalvesTests
{
    [Theory]
    [InlineData(true, 12288, 20, 7, 5, 1)]
    [InlineData(true, 4096, 2, 1)]
    [InlineData(false, 4080, 20, 1)] // less than 16 kB
    [InlineData(false, 4097, 20, 1)] // rows that are copied
    [InlineData(false, 4096, 33, 1)] // lanes across outputs
    [InlineData(false, 4096, 1, 2)] // a sum for each example only
    [InlineData(false, 4096, 5)] // nothing after it
    public void Wide_layers_of_few_outputs_have_halves(bool halves, params int[] sizes) =>
        Assert.Equal(halves, NetworkPlanner.Plan(sizes, [.. sizes.Skip(1).Select(_ => false)], Plans.Float).HalvesInputs);

    [Fact]
    public void Half_as_many_doubles_are_enough() =>
        Assert.True(NetworkPlanner.Plan([2048, 20, 1], [false, false], Plans.Double).HalvesInputs);

    [Theory]
    [InlineData(12288, 4, 6144)]
    [InlineData(12288, 8, 6144)]
    [InlineData(4112, 4, 2048)] // a line more in the second half
    [InlineData(4128, 4, 2048)]
    [InlineData(4144, 4, 2080)]
    public void The_border_is_that_of_the_gradients_shares(int inputs, int elementSize, int border) =>
        Assert.Equal(border, InputHalves.Border(inputs, elementSize));

    [Theory]
    [InlineData("[Network(4096, 20, 1)]", true)]
    [InlineData("[Network(1024, 20, 1)]", false)]
    public void The_emitted_table_says_so(string attribute, bool halves)
    {
        string emitted = NetworkEmitter.Emit(Parse.Spec($"{attribute} partial class Net;"));

        Assert.Equal(halves, emitted.Contains("A step: layer 1 adds up either half of its inputs apart"));
        Assert.Equal(halves, emitted.Contains("HalvedForward.Sum<"));
    }
}
