using System.IO.Compression;
using CompiledDnn.Tests.Files;
using CompiledDnn.Tool;
using CompiledDnn.Tool.Inspection;
using CompiledDnn.Tool.Models;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>The tool's files damaged in every place: each is read, or refused by one exception, which the tool prints.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly string _target = Path.GetTempFileName();

    public void Dispose() => File.Delete(_target);

    [Fact]
    public void A_damaged_safetensors_file_gives_a_network_or_is_refused() =>
        Sweep("named.safetensors", path => SafetensorsDenseModel.Read(path, Activation.ReLU, null));

    [Theory]
    [InlineData("relu_softmax.onnx")]
    [InlineData("batch_norm.onnx")]
    public void A_damaged_model_gives_a_network_or_is_refused(string file) => Sweep(file, path => OnnxDenseModel.Read(path));

    [Theory]
    [InlineData("named.safetensors")]
    [InlineData("gelu.onnx")]
    [InlineData("array.npy")]
    [InlineData("arrays.npz")]
    public void A_damaged_file_is_printed_or_refused(string file) => Sweep(file, path => FileInspector.Print(path, TextWriter.Null));

    [Theory]
    [InlineData("from-onnx")]
    [InlineData("from-safetensors")]
    [InlineData("inspect")]
    public void A_folder_and_a_missing_file_are_named(string command)
    {
        using var tool = new ToolRun();

        Assert.Equal(ToolProgram.WrongFile, tool.Run(command, tool.Folder));
        Assert.Equal($"{tool.Folder}, byte 0: expected a file, but this is a folder; name the file in it.\n", tool.Error.ReplaceLineEndings("\n"));
        Assert.Equal(ToolProgram.WrongFile, tool.Run(command, tool.Path("none.onnx")));
        Assert.Contains(tool.Path("none.onnx"), tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_that_holds_no_numbers_does_not_hide_the_others()
    {
        using var tool = new ToolRun();
        using (ZipArchive archive = ZipFile.Open(tool.Path("mixed.npz"), ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(ToolRun.Sample("array.npy"), "numbers.npy");
            using var text = new StreamWriter(archive.CreateEntry("text.npy").Open());
            text.Write("not an array");
        }

        Assert.Equal(ToolProgram.Done, tool.Run("inspect", tool.Path("mixed.npz")));
        Assert.Contains("  numbers  {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", tool.Output, StringComparison.Ordinal);
        Assert.Contains("  text  cannot be read: expected a NumPy array", tool.Output, StringComparison.Ordinal);
    }

    private void Sweep(string name, Action<string> read)
    {
        byte[] whole = File.ReadAllBytes(ToolRun.Sample(name));
        int refused = Damage.Refusals<IOException>(
            Damage.Briefly(whole),
            file =>
            {
                File.WriteAllBytes(_target, file);
                read(_target);
            },
            (refusal, length) =>
            {
                (string path, long offset, string reason) = refusal switch
                {
                    NetworkFileException network => (network.File, network.Offset, network.Reason),
                    NumPyFileException array => (array.File, array.Offset, array.Reason),
                    _ => throw refusal,
                };
                Assert.Equal(_target, path);
                Assert.InRange(offset, -1, length);
                Assert.NotEmpty(reason);
            });

        Assert.InRange(refused, whole.Length / 2, 2 * whole.Length);
    }
}
