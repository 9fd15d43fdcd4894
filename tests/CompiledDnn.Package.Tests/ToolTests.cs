using System.Globalization;
using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>The tool, installed from its package: from a file of another program to a program with its weights inside.</summary>
public class ToolTests(Feed feed)
{
    private const string Item = """<ItemGroup><NetworkWeights Include="Made.safetensors" Network="Made" /></ItemGroup>""";

    [Fact]
    public async Task It_says_what_a_file_holds_and_writes_a_class_that_builds()
    {
        Consumer consumer = feed.Consumer("tool").Project("Ask.cs", "CompiledDnn", Item);
        string tool = await Install(consumer);
        string trained = Path.Combine(consumer.Folder, "trained.safetensors");
        new Classifier(seed: 1).Save(trained);

        (await DotNet.Run(tool, "inspect", trained)).Succeeds().Says("0.weight").Says("[16, 30]");
        (await DotNet.Run(tool, "from-safetensors", trained, "--name", "Made", "--output", consumer.Folder)).Succeeds().Says("Made [30, 16, 8, 1]: ReLU, ReLU, Sigmoid");
        Outcome run = (await consumer.Run()).Succeeds();

        Assert.Equal(PretrainedTests.Expected, MathF.Round(float.Parse(run.Lines[^1], CultureInfo.InvariantCulture), 5));
    }

    [Fact]
    public async Task A_class_from_an_ONNX_model_builds()
    {
        Consumer consumer = feed.Consumer("tool-onnx").Project("Ask.cs", "CompiledDnn", Item);
        string tool = await Install(consumer);
        string model = Path.Combine(Feed.Repository, "samples", "FromPyTorch", "data", "tumours.onnx");

        (await DotNet.Run(tool, "from-onnx", model, "--name", "Made", "--output", consumer.Folder)).Succeeds();
        Outcome run = (await consumer.Run()).Succeeds();

        Assert.InRange(float.Parse(run.Lines[^1], CultureInfo.InvariantCulture), 0, 1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_named_with_the_reason_and_leaves_nothing()
    {
        Consumer consumer = feed.Consumer("tool-wrong").Write("page.onnx", "<html>404</html>");
        string tool = await Install(consumer);
        string made = Path.Combine(consumer.Folder, "made");

        Outcome wrong = (await DotNet.Run(tool, "from-onnx", Path.Combine(consumer.Folder, "page.onnx"), "--output", made)).FailsWith("page.onnx");

        Assert.Equal(2, wrong.ExitCode);
        wrong.DoesNotSay("   at ");
        Assert.False(Directory.Exists(made));
        (await DotNet.Run(tool, "inspect")).FailsWith("Required argument missing");
    }

    private async Task<string> Install(Consumer consumer)
    {
        (await consumer.DotNet("tool", "install", "CompiledDnn.Tool", "--version", feed.Version, "--tool-path", "tools")).Succeeds();
        return Path.Combine(consumer.Folder, "tools", OperatingSystem.IsWindows() ? "dotnet-compileddnn.exe" : "dotnet-compileddnn");
    }
}
