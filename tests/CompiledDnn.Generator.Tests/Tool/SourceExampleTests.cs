using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>from-safetensors with a file that a network saved: its example says whether the activations are right, its notes stay.</summary>
public class SourceExampleTests
{
    private const string Code = "using CompiledDnn; [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)] public partial class Saved;";

    [Fact]
    public void Activations_that_the_example_disagrees_with_are_refused()
    {
        using var tool = new ToolRun();
        Save(tool, new());

        int code = tool.Run("from-safetensors", tool.Path("saved.safetensors"), "--output", tool.Path("made"));

        Assert.Equal(ToolProgram.WrongFile, code);
        Assert.Contains("for the example in the file, output 1 of the network with ReLU, Softmax is ", tool.Error, StringComparison.Ordinal);
        Assert.Contains("give the activations with --hidden and --output-activation; the file says Tanh, Softmax.", tool.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.Path("made")));
    }

    [Fact]
    public void With_the_right_ones_the_notes_go_on_to_the_new_file()
    {
        using var tool = new ToolRun();
        Save(tool, new() { Notes = new Dictionary<string, string> { ["scaler"] = "{}" } });

        int code = tool.Run("from-safetensors", tool.Path("saved.safetensors"), "--hidden", "Tanh", "--name", "Made", "--output", tool.Folder);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        IReadOnlyDictionary<string, string> notes = NetworkStorage.ReadNotes(tool.Path("Made.safetensors"));
        Assert.Equal(["format", "network", "activations", "example", "scaler"], notes.Keys);
        Assert.Equal(("Made [4, 5, 3]", "Tanh, Softmax", "{}"), (notes["network"], notes["activations"], notes["scaler"]));
    }

    [Fact]
    public void A_damaged_example_is_refused()
    {
        using var tool = new ToolRun();
        Save(tool, new());
        byte[] file = File.ReadAllBytes(tool.Path("saved.safetensors"));
        int at = file.AsSpan().IndexOf("inputs"u8);
        file[at] = (byte)'I';
        tool.Write("saved.safetensors", file);

        Assert.Equal(ToolProgram.WrongFile, tool.Run("from-safetensors", tool.Path("saved.safetensors"), "--hidden", "Tanh", "--output", tool.Folder));
        Assert.Contains("its note 'example' cannot be read", tool.Error, StringComparison.Ordinal);
    }

    private static void Save(ToolRun tool, SaveOptions options)
    {
        using LoadedProject project = GeneratorRun.Of(Code).Load();
        project.Create<float>("Saved", seed: 1).Save(tool.Path("saved.safetensors"), options);
    }
}
