using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>The example in the file of weights, worked out from the model by itself: the class that is written gives the same, another does not.</summary>
public class ExampleTests
{
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_has_an_example_that_its_class_agrees_with(Activation activation)
    {
        using var tool = new ToolRun();
        string[] hidden = activation == Activation.Softmax ? [] : ["--hidden", $"{activation}"];

        int code = tool.Run(["from-safetensors", ToolRun.Sample("deep.safetensors"), .. hidden, "--output-activation", $"{activation}", "--output", tool.Folder]);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.Contains("example", NetworkStorage.ReadNotes(tool.Path("Deep.safetensors")).Keys);
        INetwork<float> net = Load(tool, File.ReadAllText(tool.Path("Deep.cs")));
        Assert.Contains(net.Parameters.Span.ToArray(), number => number != 0);
    }

    [Fact]
    public void A_class_whose_activation_was_changed_refuses_the_weights()
    {
        using var tool = new ToolRun();
        tool.Run("from-safetensors", ToolRun.Sample("deep.safetensors"), "--hidden", "Tanh", "--output", tool.Folder);
        string changed = File.ReadAllText(tool.Path("Deep.cs")).Replace("Activation.Tanh", "Activation.ReLU", StringComparison.Ordinal);

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => Load(tool, changed));

        Assert.Contains("(Tanh, Tanh, Tanh", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("while these are ReLU, ReLU", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notes_are_those_that_a_network_writes()
    {
        using var tool = new ToolRun();
        tool.Run("from-onnx", ToolRun.Sample("elu_leaky.onnx"), "--output", tool.Folder);

        IReadOnlyDictionary<string, string> notes = NetworkStorage.ReadNotes(tool.Path("EluLeaky.safetensors"));

        Assert.Equal(["format", "network", "activations", "example"], notes.Keys);
        Assert.Equal(("pt", "EluLeaky [4, 6, 5, 3]", "ELU, LeakyReLU, Identity"), (notes["format"], notes["network"], notes["activations"]));
    }

    private static INetwork<float> Load(ToolRun tool, string code)
    {
        using LoadedProject project = GeneratorRun.Of(code).Load();
        INetwork<float> net = project.Create<float>("Deep");
        net.Load(tool.Path("Deep.safetensors"));
        return net;
    }
}
