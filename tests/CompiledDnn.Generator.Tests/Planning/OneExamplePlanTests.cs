using System.Linq;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Tests.Parsing;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>When one example by itself goes through all layers in one method.</summary>
public class OneExamplePlanTests
{
    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Up_to_sixteen_layers(int layers, bool chains) =>
        Assert.Equal(chains, Plans.OfFloat([.. Enumerable.Repeat(6, layers), 1]).ChainsOneExample);

    [Theory]
    [InlineData(Plans.Float, 8144, true)] // 32 kB less two lines: the one that aligns it, and that of the second row
    [InlineData(Plans.Float, 8176, false)]
    [InlineData(Plans.Double, 4072, true)]
    [InlineData(Plans.Double, 4088, false)]
    public void As_long_as_all_rows_fit_the_stack(int elementSize, int width, bool chains) =>
        Assert.Equal(chains, Plans.Of(elementSize, 4, width, 1).ChainsOneExample);

    [Fact]
    public void The_widest_network_of_all_does_not_overflow_into_the_stack() =>
        Assert.False(Plans.OfFloat(1, 100_000_000, 1, 100_000_000, 1).ChainsOneExample);

    [Theory]
    [InlineData("[Network(4, 3, 1)]", "One example at a time: all layers in one method.")]
    [InlineData("[Network(4, 9000, 1)]", "One example at a time: as a batch of one.")]
    public void The_emitted_table_says_so(string attribute, string text)
    {
        string emitted = NetworkEmitter.Emit(Parse.Spec($"{attribute} partial class Net;"));

        Assert.Equal(2, emitted.Split(text).Length - 1);
        Assert.Equal(text.Contains("all layers"), emitted.Contains("PredictOne"));
    }
}
