using System.Globalization;
using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Generator.Tests.Snapshots;
using CompiledDnn.Tests.Reference;
using Xunit;
using PlainActivation = CompiledDnn.Tests.Reference.ReferenceActivation<double>;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>The fewest and the most layers and sizes, and the sizes at which the plan takes another way.</summary>
public class DepthTests
{
    [Theory]
    [InlineData("3, 1")]
    [InlineData("1, 1")]
    [InlineData("1, 5")]
    [InlineData("1500, 1")]
    [InlineData("1030, 3")]
    [InlineData("20, 1, 20, 1")]
    [InlineData("33, 47, 65, 9")]
    [InlineData("5, 9000, 2")]
    public void Of_any_sizes(string list)
    {
        int[] sizes = [.. list.Split(", ").Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        using LoadedProject project = Load(sizes);

        Assert.Equal(sizes.Length - 1, project.Constant("Net", "LayerCount"));
        Agreement.Check(project.Create<float>("Net"), Plain(sizes));
    }

    [Fact]
    public void Of_64_layers()
    {
        // In double, because 64 layers amplify the rounding of each.
        int[] sizes = [3, .. Enumerable.Repeat(16, 63), 1];
        using LoadedProject project = Load(sizes, ", Precision = Precision.Double");

        Assert.Equal(64, project.Constant("Net", "LayerCount"));
        Agreement.Check(project.Create<double>("Net"), Plain(sizes));
    }

    // Tanh, so that nothing is zero in a layer of one.
    private static LoadedProject Load(int[] sizes, string options = "")
    {
        string list = string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return GeneratorRun.Of($"using CompiledDnn;\n[Network({list}, Hidden = Activation.Tanh{options})] partial class Net;").Load();
    }

    private static ReferenceNetwork<double> Plain(int[] sizes) =>
        new(sizes, PlainActivation.Tanh, PlainActivation.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy);
}
