using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>inspect, help, and command lines that are wrong.</summary>
public class InspectTests
{
    [Theory]
    [InlineData("gelu.onnx", "operator set 17, made by pytorch 1.13", "Erf /1/Erf: ", "0.weight  FLOAT [6, 4]", "a dense network [4, 6, 3]: GELU, Identity")]
    [InlineData("selu.onnx", "Selu /1/Selu", "no dense network: after the Gemm node '/0/Gemm'")]
    [InlineData("named.safetensors", "safetensors, 3 tensors, 54 bytes of data", "gate.weight  BF16 [1, 5]", "gate.bias  F32 [1]")]
    [InlineData("array.npy", "NumPy array {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }")]
    [InlineData("arrays.npz", "archive of 2 files", "a  {'descr': '<f8'", "b  {'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }")]
    public void What_a_file_holds_is_printed(string file, params string[] lines)
    {
        using var tool = new ToolRun();

        int code = tool.Run("inspect", ToolRun.Sample(file));

        Assert.Equal((ToolProgram.Done, ""), (code, tool.Error));
        Assert.All(lines, line => Assert.Contains(line, tool.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html></html>", "a web page")]
    [InlineData("\u0093NUMPY", "expected a NumPy array, which begins with")]
    [InlineData("\u0093NUMPY\u0001\0", "cut off")]
    [InlineData("\u0093NUMPY\u0009\0\0\0", "versions 1 to 3 are read")]
    [InlineData("\u0093NUMPY\u0002\0\u00ff\u00ff\u00ff\u00ff", "the header would have 4294967295 characters")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u000f{}", "the header would have 1152921504606846975 bytes")]
    [InlineData("PK\u0003\u0004 and no more", "the archive is damaged")]
    [InlineData("", "the file is empty")]
    public void A_damaged_file_is_refused(string content, string reason)
    {
        using var tool = new ToolRun();
        string file = tool.Write("damaged", System.Text.Encoding.Latin1.GetBytes(content));

        Assert.Equal(ToolProgram.WrongFile, tool.Run("inspect", file));
        Assert.Contains(reason, tool.Error, StringComparison.Ordinal);
        Assert.StartsWith(file, tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_the_commands_and_exit_codes()
    {
        using var tool = new ToolRun();

        Assert.Equal(ToolProgram.Done, tool.Run("--help"));
        Assert.All(["from-onnx", "from-safetensors", "inspect", "Exit codes"], text => Assert.Contains(text, tool.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_of_a_command_names_its_options()
    {
        using var tool = new ToolRun();

        Assert.Equal(ToolProgram.Done, tool.Run("from-safetensors", "--help"));
        Assert.All(["--name", "--namespace", "--output", "--force", "--hidden", "--output-activation"], text => Assert.Contains(text, tool.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("from-onnx")]
    [InlineData("from-onnx", "a.onnx", "--nmae", "A")]
    [InlineData("polish", "a.onnx")]
    [InlineData("inspect", "")]
    [InlineData("from-onnx", "")]
    [InlineData("from-safetensors", "a.safetensors", "--output", "")]
    public void A_command_line_that_is_not_understood(params string[] arguments)
    {
        using var tool = new ToolRun();

        Assert.Equal(ToolProgram.WrongCommandLine, tool.Run(arguments));
        Assert.NotEmpty(tool.Error);
    }
}
