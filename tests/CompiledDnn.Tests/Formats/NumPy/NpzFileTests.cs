using System.IO.Compression;
using Xunit;

namespace CompiledDnn.Tests.Formats.NumPy;

public class NpzFileTests
{
    [Theory]
    [InlineData("npz stored")]
    [InlineData("npz deflated")]
    public void Files_of_NumPy_are_read(string name)
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes(name));
        using NpzFile npz = NpzFile.Open(file.Path);

        Assert.Equal(["x", "y"], npz.Names);
        Assert.Equal(NumPyFiles.Shape(name), npz.Read<float>("x").Shape);
        Assert.Equal(NumPyFiles.Values(name).Select(v => (float)v), npz.Read<float>("x").Data);
        Assert.Equal([2, 0, 1], npz.Read<int>("y").Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_are_written_as_NumPy_writes_them_and_read_back(bool compress)
    {
        using var file = new TemporaryFile();
        float[] x = [0, 1, 2, 3, 4, 5];
        NpzFile.Write(
            file.Path,
            npz =>
            {
                npz.Add<float>("x", x, [3, 2]);
                npz.Add<long>("y", [2, 0, 1], [3]);
            },
            compress);

        using var expected = new ZipArchive(new MemoryStream(NumPyFiles.Bytes("npz stored")));
        using (var actual = new ZipArchive(File.OpenRead(file.Path)))
        {
            Assert.Equal(expected.Entries.Select(e => e.FullName), actual.Entries.Select(e => e.FullName));
            Assert.Equal(expected.Entries.Select(Content), actual.Entries.Select(Content));
            Assert.Equal(expected.Entries.Select(e => e.Crc32), actual.Entries.Select(e => e.Crc32));
            Assert.Equal(compress, actual.Entries.All(e => e.CompressedLength < e.Length));
        }

        using NpzFile npz = NpzFile.Open(file.Path);
        Assert.Equal(x, npz.Read<float>("x").Data);

        static string Content(ZipArchiveEntry entry)
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Convert.ToHexString(copy.ToArray());
        }
    }

    [Fact]
    public void What_is_not_there_or_too_large_is_named()
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes("npz stored"));
        using NpzFile npz = NpzFile.Open(file.Path);

        Assert.Contains("no array 'z'; it has x, y", Assert.Throws<NumPyFileException>(() => npz.Read<float>("z")).Message, StringComparison.Ordinal);
        Assert.Contains("/x.npy, byte 128: the array has 6 numbers, which take 24 bytes, more than the limit of 23", Assert.Throws<NumPyFileException>(() => npz.Read<float>("x", maxBytes: 23)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npz stored")]
    [InlineData("npz deflated")]
    public void A_damaged_file_is_refused_or_read_whole(string name)
    {
        byte[] whole = NumPyFiles.Bytes(name);
        double[] expected = NumPyFiles.Values(name);
        int refused = 0;
        for (int at = 0; at < whole.Length; at += 3)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x55;
            refused += Try(changed) ? 0 : 1;
            refused += Try(whole[..at]) ? 0 : 1;
        }

        Assert.InRange(refused, whole.Length / 3, whole.Length);

        bool Try(byte[] content)
        {
            using var file = new TemporaryFile(content);
            try
            {
                using NpzFile npz = NpzFile.Open(file.Path);
                Assert.Equal(expected, npz.Read<double>("x").Data);
                return true;
            }
            catch (NumPyFileException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Names_are_unique()
    {
        using var file = new TemporaryFile();
        Assert.Throws<ArgumentException>(() => NpzFile.Write(file.Path, npz =>
        {
            npz.Add<float>("x", [1], [1]);
            npz.Add<float>("x", [1], [1]);
        }));

        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public void A_single_array_is_sent_to_where_it_is_read()
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes("<f4"));

        Assert.Contains("read it with NpyFile", Assert.Throws<NumPyFileException>(() => NpzFile.Open(file.Path)).Message, StringComparison.Ordinal);
    }
}
