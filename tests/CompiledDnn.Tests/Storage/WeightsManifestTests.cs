extern alias build;

using System.Buffers.Binary;
using System.Text;
using build::CompiledDnn.Build;
using CompiledDnn.Tests.Files;
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
    [InlineData("", 0, "byte 8: expected the header to begin with '{'; this is no safetensors file")]
    [InlineData("<html>404 Not Found</html>", 0, "byte 8: expected the header to begin with '{'; this is no safetensors file; it looks like a web page")]
    [InlineData("[]", 0, "byte 8: expected the header to begin with '{'; this is no safetensors file")]
    [InlineData("""{"a":1}""", 0, "byte 13: the entry of tensor 'a' must be an object")]
    [InlineData("""{"a":{"dtype":"F32"}}""", 0, "byte 27: the entry of tensor 'a' has no shape; the file is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "byte 37: the shape of tensor 'a' must be non-negative integers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[]}}""", 4, "byte 57: the data_offsets of tensor 'a' have 0 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "byte 61: the header is not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "byte 62: the header has the key 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "byte 115: the tensor 'b' begins at byte 0 of the data, but the one before it ends at 4; the format forbids an overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "byte 65: the tensors take 4 bytes of data, but the file has 3; it was cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "byte 66: the tensors take 4 bytes of data, but the file has 5; it has a tail")]
    public void What_is_wrong_with_a_file_is_told_in_place_of_its_tensors(string header, int data, string problem) =>
        Assert.StartsWith(Head + "problem " + problem, Of(File(header, data)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "byte 0: expected a safetensors file, which has at least 8 bytes, but it has 0")]
    [InlineData("1234567", "byte 7: expected a safetensors file, which has at least 8 bytes, but it has 7")]
    [InlineData("<!DOCTYPE html><html></html>", "byte 0: the header would have 5789751444030890300 bytes, but the format allows 100000000; this is no safetensors file; it looks like a web page")]
    [InlineData("version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n", "byte 0: the header would have 2336927755350992246 bytes, but the format allows 100000000; this is no safetensors file; it looks like a git-LFS pointer")]
    public void A_file_of_another_kind_is_none(string content, string problem) =>
        Assert.StartsWith(Head + "problem " + problem, Of(new MemoryStream(Encoding.ASCII.GetBytes(content))), StringComparison.Ordinal);

    [Fact]
    public void A_header_longer_than_the_file_is_not_read()
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, 100_000_000);

        Assert.StartsWith(Head + "problem byte 0: the header would have 100000000 bytes, but only 8 follow", Of(new MemoryStream(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_where_the_runtime_refuses_it()
    {
        int refused = Damage.Refusals<NetworkFileException>(
            Damage.Of(SafetensorsFile.Of(SafetensorsFile.Header, SafetensorsFile.Data)),
            file =>
            {
                string text = Of(new MemoryStream(file));
                bool isRefused = text.StartsWith(Head + "problem byte ", StringComparison.Ordinal);
                Assert.Equal(Head.Count(c => c == '\n') + (isRefused ? 1 : text.Split("\ntensor ").Length - 1), text.Count(c => c == '\n'));
                Assert.Equal(isRefused, Record.Exception(() => SafetensorsHeader.Read(new MemoryStream(file), "net.safetensors")) is NetworkFileException);
                if (isRefused)
                {
                    throw new NetworkFileException("net.safetensors", text);
                }
            },
            (refusal, _) => Assert.DoesNotContain("\ntensor ", refusal.Reason, StringComparison.Ordinal));

        Assert.InRange(refused, 2000, 4000);
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
