using System.Linq;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Planning;
using CompiledDnn.Generator.Tests.Parsing;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>When a step adds up the halves of its inputs apart.</summary>
public class InputHalvesTests
{
    [Theory]
    [InlineData(true, 12288, 20, 7, 5, 1)]
    [InlineData(true, 4096, 2, 1)]
    [InlineData(false, 4080, 20, 1)] // less than 16 kB
    [InlineData(false, 4097, 20, 1)] // rows that are copied
    [InlineData(true, 784, 128, 64, 10)]
    [InlineData(true, 256, 113, 10)] // lanes across outputs, 128 kB of weights
    [InlineData(false, 256, 112, 10)] // less
    [InlineData(false, 255, 256, 10)] // few inputs
    [InlineData(false, 4096, 1, 2)] // a sum for each example only
    [InlineData(false, 4096, 5)] // nothing after it
    public void First_layers_of_wide_inputs_or_many_weights_have_halves(bool halves, params int[] sizes) =>
        Assert.Equal(halves, NetworkPlanner.Plan(sizes, [.. sizes.Skip(1).Select(_ => false)], Plans.Float).HalvesInputs);

    [Fact]
    public void Half_as_many_doubles_are_enough() =>
        Assert.True(NetworkPlanner.Plan([2048, 20, 1], [false, false], Plans.Double).HalvesInputs);

    [Theory]
    [InlineData("[Network(4096, 20, 1)]", "Dot")]
    [InlineData("[Network(1024, 20, 1)]", null)]
    [InlineData("[Network(784, 128, 64, 10)]", "Lanes")]
    public void The_emitted_code_and_table_say_so(string attribute, string? family)
    {
        string emitted = NetworkEmitter.Emit(Parse.Spec($"{attribute} partial class Net;"));

        bool halves = family is not null;
        Assert.Equal(halves, emitted.Contains("A step on several threads: layer 1 adds up either half of its inputs apart"));
        Assert.Equal(halves, emitted.Contains("public static bool HalvesInputs => true;"));
        Assert.Equal(halves, emitted.Contains($"HalvedForward.{family}<float, Layer1>"));
    }
}
