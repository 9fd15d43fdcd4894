using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A network with a wrong loss has the members that it would have with a right one.</summary>
public class SurfaceTests
{
    private const string WrongLoss = "LossType = typeof(string)";

    [Theory]
    [InlineData("4, 3, 2, Output = Activation.Softmax")]
    [InlineData("4, 2, Output = Activation.Softmax")]
    [InlineData("12288, 20, 7, 5, 10, Output = Activation.Softmax, Precision = Precision.Double")]
    [InlineData("9000, 9000, 3, Output = Activation.Softmax")] // too wide for the stack
    [InlineData("9001, 20, 3, Output = Activation.Softmax")] // packed inputs are
    public void A_classifier_keeps_exactly_its_members(string arguments) =>
        Assert.Equal(Of(arguments), Of($"{arguments}, {WrongLoss}"));

    [Theory]
    [InlineData("4, 3, 1")]
    [InlineData("4, 1, Output = Activation.Identity, Precision = Precision.Double")]
    [InlineData("4, 3, 2")]
    [InlineData("9000, 9000, 1")]
    [InlineData("4, 9000, 3, Output = Activation.Tanh")]
    public void Another_network_has_the_methods_that_take_labels_besides_because_the_loss_is_not_known(string arguments)
    {
        IReadOnlyList<string> right = Of(arguments);
        IReadOnlyList<string> broken = Of($"{arguments}, {WrongLoss}");

        Assert.Empty(right.Except(broken));
        string[] more = [.. broken.Except(right)];
        Assert.Equal(
            ["Backward", "Cost", "Cost", "DescendStep", "ExampleCosts", "OutputGradient", "OutputGradient", "TrainStep"],
            more.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(more, signature => Assert.Contains("System.ReadOnlySpan<int> labels", signature, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("")]
    [InlineData("4, -3")]
    [InlineData("60_000, 60_000")]
    public void Where_the_sizes_are_wrong_there_is_every_overload(string sizes)
    {
        IReadOnlyList<string> broken = Of(sizes);

        Assert.Empty(Of("9000, 9000, Output = Activation.Softmax").Except(broken));
        Assert.Empty(Of("9000, 1").Except(broken));
    }

    [Fact]
    public void The_constants_are_constants()
    {
        IReadOnlyList<string> broken = Of($"4, 3, 1, {WrongLoss}");

        Assert.All(
            ["InputSize", "OutputSize", "TargetSize", "LayerCount", "ParameterCount"],
            name => Assert.Contains(broken, signature => signature.StartsWith($"public const int {name}", StringComparison.Ordinal)));
        Assert.Contains(broken, signature => signature.StartsWith("public const string Summary", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Of(string arguments)
    {
        GeneratorRun run = GeneratorRun.Of($"using CompiledDnn;\n[Network({arguments})] sealed partial class Net;");
        Assert.Empty(run.Diagnostics());
        INamedTypeSymbol? type = run.Output.GetTypeByMetadataName("Net");
        Assert.NotNull(type);
        return Surface.Of(type);
    }

    private static string Name(string signature) => signature[..signature.IndexOf('(', StringComparison.Ordinal)].Split(' ')[^1];
}
