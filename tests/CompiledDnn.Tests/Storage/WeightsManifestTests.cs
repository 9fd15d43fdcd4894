using System.Buffers.Binary;
using System.Text;
using CompiledDnn.Build;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>What the build task tells the generator of a file of weights.</summary>
public class WeightsManifestTests
{
    private const string Head = "network Net\nfile net.safetensors\nresource CompiledDnn.Weights/Net/net.safetensors\n";

    [Fact]
    public void A_file_is_told_by_its_tensors()
    {
        using var stream = new MemoryStream();
        NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), stream);
        stream.Position = 0;

        string text = Of(stream);

        Assert.StartsWith(Head, text, StringComparison.Ordinal);
        Assert.Equal(
            SafetensorsFile.Shape.Layers.ToArray().SelectMany(layer => new[]
            {
                FormattableString.Invariant($"tensor F32 [{layer.Outputs}, {layer.Inputs}] {2 * (layer.Index - 1)}.weight"),
                FormattableString.Invariant($"tensor F32 [{layer.Outputs}] {2 * (layer.Index - 1)}.bias"),
            }).Order(StringComparer.Ordinal),
            text[Head.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_cannot_pretend_to_be_another_line()
    {
        string text = Of(File("""{"a\nproblem none":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", data: 1));

        Assert.Equal(Head + "tensor U8 [1] a?problem none\n", text);
    }

    [Theory]
    [InlineData("", 0, "it is no safetensors file")]
    [InlineData("<html>404 Not Found</html>", 0, "it is no safetensors file")]
    [InlineData("[]", 0, "it is no safetensors file")]
    [InlineData("""{"a":1}""", 0, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32"}}""", 0, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[]}}""", 4, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "its tensors take 4 bytes of data, but it has 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "its tensors take 4 bytes of data, but it has 5")]
    public void What_is_wrong_with_a_file_is_told_in_place_of_its_tensors(string header, int data, string problem) =>
        Assert.StartsWith(Head + "problem " + problem, Of(File(header, data)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "it is no safetensors file")]
    [InlineData("1234567", "it is no safetensors file")]
    [InlineData("<!DOCTYPE html><html></html>", "it is no safetensors file")]
    [InlineData("version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n", "it is a pointer of Git LFS")]
    public void A_file_of_another_kind_is_none(string content, string problem) =>
        Assert.StartsWith(Head + "problem " + problem, Of(new MemoryStream(Encoding.ASCII.GetBytes(content))), StringComparison.Ordinal);

    [Fact]
    public void A_header_longer_than_the_file_is_not_read()
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, 100_000_000);

        Assert.StartsWith(Head + "problem it is no safetensors file", Of(new MemoryStream(file)), StringComparison.Ordinal);
    }

    private static string Of(Stream stream) => WeightsManifest.Of(stream, "Net", "CompiledDnn.Weights/Net/net.safetensors", "net.safetensors");

    private static MemoryStream File(string header, int data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        return new(file);
    }
}
