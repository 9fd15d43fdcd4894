using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>from-onnx: the class that it writes compiles and computes what PyTorch does.</summary>
public class FromOnnxTests
{
    [Theory]
    [InlineData("relu_softmax", "[Network(4, 6, 3, Output = Activation.Softmax)]\n")]
    [InlineData("tanh_sigmoid", "[Network(4, 6, 1, Hidden = Activation.Tanh)]\n")]
    [InlineData("gelu", "[Network(4, 6, 3, Hidden = Activation.GELU, Output = Activation.Identity)]\n")]
    [InlineData("silu", "[Network(4, 6, 3, Hidden = Activation.SiLU, Output = Activation.Identity)]\n")]
    [InlineData(
        "elu_leaky",
        "[Network(4, 6, 5, 3, Hidden = Activation.ELU, Output = Activation.Identity)]\n[Layer(1, Alpha = 0.7)]\n[Layer(2, Activation = Activation.LeakyReLU, NegativeSlope = 0.3)]\n")]
    [InlineData("batch_norm", "[Network(4, 6, 3, Output = Activation.Identity)]\n")]
    [InlineData("matmul_add", "[Network(4, 6, 3, Output = Activation.Identity)]\n")]
    public void The_class_computes_what_the_model_does(string name, string attributes)
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-onnx", ToolRun.Sample($"{name}.onnx"), "--name", "Model", "--namespace", "Shop.Models", "--output", tool.Folder);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.Contains($"namespace Shop.Models;\n\n/// <summary>The network of {name}.onnx.", File.ReadAllText(tool.Path("Model.cs")), StringComparison.Ordinal);
        Assert.Contains($"{attributes}public sealed partial class Model;\n", File.ReadAllText(tool.Path("Model.cs")), StringComparison.Ordinal);
        tool.CheckOutputs<float>("Shop.Models.Model", "outputs.json", name, 1e-6);
    }

    [Fact]
    public void A_model_in_double_precision_gives_a_class_in_double_precision()
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-onnx", ToolRun.Sample("softplus_double.onnx"), "-o", tool.Path("made"));

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.Contains(
            "[Network(4, 6, 3, Hidden = Activation.Softplus, Output = Activation.Identity, Precision = Precision.Double)]",
            File.ReadAllText(tool.Path("made/SoftplusDouble.cs")),
            StringComparison.Ordinal);
        File.Move(tool.Path("made/SoftplusDouble.cs"), tool.Path("SoftplusDouble.cs"));
        File.Move(tool.Path("made/SoftplusDouble.safetensors"), tool.Path("SoftplusDouble.safetensors"));
        tool.CheckOutputs<double>("SoftplusDouble", "outputs.json", "softplus_double", 1e-14);
    }

    [Fact]
    public void What_was_written_is_said()
    {
        using var tool = new ToolRun();

        tool.Run("from-onnx", ToolRun.Sample("elu_leaky.onnx"), "--output", tool.Folder);

        Assert.Equal(
            $"EluLeaky [4, 6, 5, 3]: ELU, LeakyReLU, Identity\n{tool.Path("EluLeaky.cs")}\n{tool.Path("EluLeaky.safetensors")}\n",
            tool.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("selu.onnx", "has the activation Selu(z), which is none of ReLU, Identity")]
    [InlineData("layer_norm.onnx", "the LayerNormalization node '/1/LayerNormalization' is no operator of a dense network")]
    [InlineData("external.onnx", "kept in another file")]
    [InlineData("outputs.json", "no ONNX model")]
    [InlineData("missing.onnx", "missing.onnx")]
    [InlineData("deep.safetensors", "it looks like a safetensors file")]
    public void A_file_that_is_no_dense_network_is_refused_and_nothing_is_written(string file, string reason)
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-onnx", ToolRun.Sample(file), "--output", tool.Folder);

        Assert.Equal(ToolProgram.WrongFile, code);
        Assert.Contains(reason, tool.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(tool.Folder));
    }

    [Fact]
    public void Files_that_are_there_stay_unless_forced()
    {
        using var tool = new ToolRun();
        tool.Write("Selected.cs", [1, 2, 3]);

        int kept = tool.Run("from-onnx", ToolRun.Sample("silu.onnx"), "--name", "Selected", "--output", tool.Folder);

        Assert.Equal(ToolProgram.WrongFile, kept);
        Assert.Contains("--force replaces it", tool.Error, StringComparison.Ordinal);
        Assert.Equal([tool.Path("Selected.cs")], Directory.GetFiles(tool.Folder));
        Assert.Equal(ToolProgram.Done, tool.Run("from-onnx", ToolRun.Sample("silu.onnx"), "--name", "Selected", "--output", tool.Folder, "--force"));
        tool.CheckOutputs<float>("Selected", "outputs.json", "silu", 1e-6);
    }

    [Theory]
    [InlineData("activation.onnx", "NetworkActivation")]
    [InlineData("2 layers.onnx", "Network2Layers")]
    [InlineData("größe.onnx", "Größe")]
    public void A_file_of_any_name_gives_a_class_that_compiles(string file, string name)
    {
        using var tool = new ToolRun();
        tool.Write(file, File.ReadAllBytes(ToolRun.Sample("tanh_sigmoid.onnx")));

        int code = tool.Run("from-onnx", tool.Path(file), "--output", tool.Folder);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        tool.CheckOutputs<float>(name, "outputs.json", "tanh_sigmoid", 1e-6);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_and_nothing_is_left()
    {
        using var tool = new ToolRun();
        Directory.CreateDirectory(tool.Path("Silu.safetensors"));

        Assert.Equal(ToolProgram.WrongFile, tool.Run("from-onnx", ToolRun.Sample("silu.onnx"), "--output", tool.Folder, "--force"));
        Assert.NotEmpty(tool.Error);
        Assert.Equal([tool.Path("Silu.safetensors")], Directory.GetFileSystemEntries(tool.Folder));

        tool.Write("file", []);
        Assert.Equal(ToolProgram.WrongFile, tool.Run("from-onnx", ToolRun.Sample("silu.onnx"), "--output", tool.Path("file")));
        Assert.Contains(tool.Path("file"), tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "class", "'class' is no name for a class")]
    [InlineData("--name", "Activation", "'Activation' is no name for a class")]
    [InlineData("--name", "A B", "'A B' is no name for a class")]
    [InlineData("--name", "../A", "'../A' is no name for a class")]
    [InlineData("--namespace", "A..B", "'A..B' is no name for a namespace")]
    public void Names_that_C_sharp_does_not_take(string option, string name, string reason)
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-onnx", ToolRun.Sample("silu.onnx"), option, name, "--output", tool.Folder);

        Assert.Equal(ToolProgram.WrongCommandLine, code);
        Assert.Contains(reason, tool.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(tool.Folder));
    }
}
