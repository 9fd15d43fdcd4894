using CompiledDnn.Tests.Files;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>A model for every activation, as files: for ONNX's own checker, which .ci/run starts, in the folder that ONNX_FOLDER names.</summary>
public class OnnxFilesTests
{
    [Fact]
    public void Every_network_is_written_as_a_file_that_is_read_again()
    {
        using var own = new TemporaryFolder();
        string folder = Environment.GetEnvironmentVariable("ONNX_FOLDER") is { Length: > 0 } named ? named : own.Path;

        string[] files = OnnxNetworks.SaveAll(folder);

        Assert.Distinct(files);
        Assert.Equal(OnnxNetworks.Floats().Length + OnnxNetworks.Doubles().Length, files.Length);
        var read = new OnnxNetworks.FloatGELU(seed: 4);
        read.LoadOnnx(Path.Combine(folder, "FloatGELU.onnx"));
        Assert.Equal(new OnnxNetworks.FloatGELU(seed: 3).Parameters.Span, read.Parameters.Span);
    }
}
