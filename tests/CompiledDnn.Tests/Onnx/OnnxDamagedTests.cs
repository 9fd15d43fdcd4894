using System.Text;
using CompiledDnn.Tests.Files;
using CsCheck;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>Bytes that are no model: one exception with the byte, and no more memory than in proportion to the file.</summary>
public static partial class OnnxDamagedTests
{
    private const long MaxAllocated = 40_000_000;

    [Network(4, 6, 3, Output = Activation.Softmax)]
    private sealed partial class Net;

    [Network(4, 6, 3, Output = Activation.Identity)]
    private sealed partial class Plain;

    /// <summary>Bytes, where it is noticed, what the message says.</summary>
    public static TheoryData<byte[], long, string> Files => new()
    {
        { [], 0, "the file is empty" },
        { [0x08], 1, "cut off" },
        { [0x08, 0x80], 1, "cut off" },
        { [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], 1, "more than ten bytes" },
        { [0x08, 0x08, 0x00, 0x01], 2, "no field with the number 0" },
        { [0x08, 0x08, 0x3B], 2, "the wire type 3" },
        { [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], 2, "a part would have 2147483647 bytes, but only 0 follow" },
        { [0x3A, 0x04, 0x0A, 0x06, 0x00, 0x00], 2, "a part would have 6 bytes, but only 2 follow" },
        { [0x12, 0x01, 0xFF], 2, "not valid UTF-8" },
        { [0x0D, 0x00], 1, "a number has 4 bytes" },
        { Encoding.ASCII.GetBytes("<!DOCTYPE html><html></html>"), 0, "a web page" },
        { Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0"), 0, "a git-LFS pointer" },
        { [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0], 2, "a zip archive" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public static void A_file_that_is_no_model_is_refused_at_its_byte(byte[] file, long offset, string reason)
    {
        NetworkFileException refusal = Refused(file);

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(offset, refusal.Offset);
    }

    [Fact]
    public static void A_model_cut_off_anywhere_is_refused()
    {
        byte[] file = OnnxModels.Bytes("relu_softmax");
        for (int length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }
    }

    [Theory]
    [InlineData("relu_softmax")]
    [InlineData("batch_norm")]
    public static void A_model_damaged_anywhere_is_read_or_refused(string name)
    {
        byte[] whole = OnnxModels.Bytes(name);
        NetworkShape shape = name == "batch_norm" ? new Plain(seed: 1).Shape : new Net(seed: 1).Shape;
        OnnxStorage.Load<float>(shape, new MemoryStream(whole));

        int refused = Damage.Refusals<NetworkFileException>(
            Damage.Of(whole),
            file => OnnxStorage.Load<float>(shape, new MemoryStream(file)),
            (refusal, length) =>
            {
                Assert.Equal("ONNX stream", refusal.File);
                Assert.InRange(refusal.Offset, -1, length);
                Assert.NotEmpty(refusal.Reason);
            });

        // What is not refused is a changed weight, or a name or note that nobody goes by.
        Assert.InRange(refused, 8 * whole.Length, 20 * whole.Length);
    }

    [Fact]
    public static void A_folder_is_refused_as_one_and_a_missing_file_as_ever()
    {
        string folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;
        try
        {
            Net net = new(seed: 1);
            var refusal = Assert.Throws<NetworkFileException>(() => net.LoadOnnx(folder));
            Assert.Equal((folder, 0), (refusal.File, refusal.Offset));
            Assert.Contains("a folder", refusal.Reason, StringComparison.Ordinal);
            Assert.Throws<FileNotFoundException>(() => net.LoadOnnx(Path.Combine(folder, "none.onnx")));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public static void A_model_with_bytes_changed_is_read_or_refused()
    {
        byte[][] files = [.. new[] { "gelu", "batch_norm", "matmul_add", "reshape", "scaler" }.Select(OnnxModels.Bytes)];
        NetworkShape shape = new Net(seed: 1).Shape;
        var changes = Gen.Select(Gen.Double[0, 0.999], Gen.Byte).Array[1, 3];
        Gen.Select(Gen.Int[0, files.Length - 1], changes).Sample(
            (which, changed) =>
            {
                byte[] file = [.. files[which]];
                foreach ((double place, byte value) in changed)
                {
                    file[(int)(place * file.Length)] = value;
                }

                try
                {
                    OnnxStorage.Load<float>(shape, new MemoryStream(file));
                }
                catch (NetworkFileException refusal)
                {
                    Assert.NotEmpty(refusal.Reason);
                }
            },
            iter: 3000);
    }

    [Fact]
    public static void A_file_of_empty_messages_takes_no_memory_beyond_it()
    {
        // Half a million nodes without content.
        byte[] graph = [.. Enumerable.Repeat(new byte[] { 0x0A, 0x00 }, 500_000).SelectMany(bytes => bytes)];
        byte[] file = [0x3A, 0xC0, 0x84, 0x3D, .. graph];

        Assert.Contains("more than 100000 parts", Capped(file), StringComparison.Ordinal);
    }

    [Fact]
    public static void A_file_of_lengths_takes_no_memory_beyond_it()
    {
        // One tensor with a million lengths of a byte each, which are eight in memory.
        byte[] file = [0x3A, 0xC8, 0x84, 0x3D, 0x2A, 0xC4, 0x84, 0x3D, 0x0A, 0xC0, 0x84, 0x3D, .. new byte[1_000_000]];

        Assert.Contains("bytes of shapes", Capped(file), StringComparison.Ordinal);
    }

    [Fact]
    public static void A_stream_without_end_is_refused_at_the_limit()
    {
        using var stream = new EndlessStream();

        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(new Net(seed: 1).Shape, stream));

        Assert.Contains("more than a model of these layers takes", refusal.Message, StringComparison.Ordinal);
    }

    private static string Capped(byte[] file)
    {
        Net net = new(seed: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(net.Shape, new MemoryStream(file)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        return refusal.Message;
    }

    private static NetworkFileException Refused(byte[] file) =>
        Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(new Net(seed: 1).Shape, new MemoryStream(file)));

    // Gives the same valid field again and again.
    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill(0x08);
            return buffer.Length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
