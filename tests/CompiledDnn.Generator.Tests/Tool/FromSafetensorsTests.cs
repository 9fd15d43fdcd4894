using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>from-safetensors: the class that it writes compiles and computes what PyTorch does.</summary>
public class FromSafetensorsTests
{
    [Fact]
    public void Layers_are_in_the_order_of_their_numbers()
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-safetensors", ToolRun.Sample("deep.safetensors"), "--hidden", "tanh", "--output", tool.Folder);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.Contains(
            "[Network(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]",
            File.ReadAllText(tool.Path("Deep.cs")),
            StringComparison.Ordinal);
        tool.CheckOutputs<float>("Deep", "files.json", "deep", 1e-6);
    }

    [Fact]
    public void Names_of_ones_own_in_the_order_of_the_data()
    {
        using var tool = new ToolRun();

        int code = tool.Run("from-safetensors", ToolRun.Sample("named.safetensors"), "--output", tool.Folder);

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.Contains("[Network(4, 5, 1)]\n", File.ReadAllText(tool.Path("Named.cs")), StringComparison.Ordinal);
        tool.CheckOutputs<float>("Named", "files.json", "named", 1e-6);
    }

    [Fact]
    public void The_output_activation_can_be_named()
    {
        using var tool = new ToolRun();

        tool.Run("from-safetensors", ToolRun.Sample("named.safetensors"), "--output-activation", "Identity", "--output", tool.Folder);

        Assert.Contains("[Network(4, 5, 1, Output = Activation.Identity)]", File.ReadAllText(tool.Path("Named.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_activation_that_is_not_there_is_a_wrong_command_line()
    {
        using var tool = new ToolRun();

        Assert.Equal(ToolProgram.WrongCommandLine, tool.Run("from-safetensors", ToolRun.Sample("named.safetensors"), "--hidden", "selu", "--output", tool.Folder));
        Assert.Contains("selu", tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2,1],\"data_offsets\":[0,8]}}", 8, "the tensor '0.weight' of shape [1, 2, 1] is neither")]
    [InlineData("{\"0.kernel\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 8, "the tensor '0.kernel' of shape [1, 2] is neither")]
    [InlineData("{\"0.weight\":{\"dtype\":\"I32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 8, "the tensor '0.weight' is I32")]
    [InlineData("{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "no tensor NAME.weight")]
    [InlineData(
        "{\"0.weight\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[0,4]},\"0.bias\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
        8,
        "the tensor '0.weight' has 1 outputs, but its bias has 2")]
    [InlineData(
        "{\"0.weight\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[0,4]},\"1.weight\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[4,8]}}",
        8,
        "no chain of dense layers, each reading what the one before gives: 0.weight [1, 2], 1.weight [1, 2]")]
    [InlineData(
        "{\"0.weight\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[0,4]},\"1.bias\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
        8,
        "the tensor '1.bias' belongs to no weights")]
    [InlineData("{", 0, "not valid JSON")]
    public void Tensors_that_are_no_dense_layers_are_refused(string header, int data, string reason)
    {
        using var tool = new ToolRun();
        string file = tool.Write("made.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[data]]);

        int code = tool.Run("from-safetensors", file, "--output", tool.Path("made"));

        Assert.Equal(ToolProgram.WrongFile, code);
        Assert.Contains(reason, tool.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.Path("made")));
    }
}
