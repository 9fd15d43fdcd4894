using System.Text;
using Xunit;

namespace CompiledDnn.Tests.Formats.NumPy;

public class BadNpyFileTests
{
    public static TheoryData<string, string> Headers => new()
    {
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)", "byte 128: expected '}'" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), } x", "something follows" },
        { "{'descr': '<f4', 'fortran_order': False, }", "lacks 'shape'" },
        { "{'descr': '<f4', 'shape': (2,), }", "lacks 'fortran_order'" },
        { "{'fortran_order': False, 'shape': (2,), }", "lacks 'descr'" },
        { "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "the key 'descr' twice" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}", "the key 'more'" },
        { "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", "neither True nor False" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "whole numbers" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,), }", "expected ')'" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "whole numbers" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "more numbers than a file can hold" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807), }", "more numbers than a file can hold" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "byte 136: the array has 3 numbers in 12 bytes, but only 8 are there" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "byte 132: the array has 1 numbers in 4 bytes, but 4 more follow" },
        { "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects" },
        { "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "numbers of type '<c8'" },
        { "{'descr': '|f4', 'fortran_order': False, 'shape': (2,), }", "numbers of type '|f4'" },
        { "{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }", "numbers of type '<U2'" },
        { "{'descr': '<f4, 'fortran_order': False, 'shape': (2,), }", "numbers of type '<f4, '" },
        { "{'descr': '<f4", "the quotes of descr are not closed" },
        { "[1, 2]", "expected '{'" },
        { "", "expected '{'" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_is_none_is_refused(string header, string expected) =>
        Assert.Contains(expected, Refusal(WithHeader(header)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "git-LFS pointer")]
    [InlineData("PK\u0003\u0004 and more", "open .npz files with NpzFile")]
    [InlineData("\u0080\u0004\u0095 a pickle", "Python pickle")]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("", "it is empty")]
    [InlineData("anything else", "expected a NumPy array, which begins with \\x93NUMPY.")]
    public void Another_kind_of_file_is_named(string content, string expected) =>
        Assert.Contains(expected, Refusal(Encoding.Latin1.GetBytes(content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("objects", "pickle")]
    [InlineData("structured", "structured")]
    [InlineData("complex", "'<c8'")]
    [InlineData("text", "'<U2'")]
    public void Arrays_of_other_things_than_numbers_are_refused(string name, string expected) =>
        Assert.Contains(expected, Refusal(NumPyFiles.Bytes(name)), StringComparison.Ordinal);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_as_a_file_and_as_a_stream()
    {
        byte[] whole = NumPyFiles.Bytes("<f4");
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(new MemoryStream(whole, 0, length)));
            Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(new Unseekable(whole[..length])));
        }

        Assert.Contains("more bytes follow", Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(new Unseekable([.. whole, 0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_any_byte_of_its_header_changed_is_read_or_refused()
    {
        byte[] whole = NumPyFiles.Bytes("<f4");
        int refused = 0;
        for (int at = 0; at < 128; at++)
        {
            foreach (byte value in (byte[])[0, (byte)'(', (byte)'9', (byte)'\'', 0xFF])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                try
                {
                    Assert.Equal(6, NpyFile.Read<double>(new MemoryStream(changed)).Data.Length);
                }
                catch (NumPyFileException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 500, 640);
    }

    [Fact]
    public void Memory_is_taken_for_what_is_there_and_within_the_limit()
    {
        byte[] promises = WithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("the file ends after 8 of them", Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(new Unseekable(promises))).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        Assert.Contains(
            "take 8 bytes, more than the limit of 7",
            Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(new MemoryStream(WithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")), maxBytes: 7)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_and_headers_beyond_NumPys_own_are_refused()
    {
        byte[] version4 = NumPyFiles.Bytes("<f4");
        version4[6] = 4;
        byte[] longHeader = NumPyFiles.Bytes("version 2");
        longHeader[10] = 1;

        Assert.Contains("byte 6: the array has format version 4.0", Refusal(version4), StringComparison.Ordinal);
        Assert.Contains("byte 8: the header would have 65652 characters", Refusal(longHeader), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_headers_are_read()
    {
        byte[] old = WithHeader("{\"shape\": (1L, 2L), 'fortran_order':False,'descr':'=f4'}");

        Assert.Equal([1, 2], NpyFile.Read<float>(new MemoryStream(old)).Shape);
    }

    /// <summary>A header of 128 bytes, then 8 bytes.</summary>
    private static byte[] WithHeader(string text)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.Latin1.GetBytes(text.PadRight(117) + "\n"), .. new byte[8]];
        Assert.Equal(136, file.Length);
        return file;
    }

    private static string Refusal(byte[] content)
    {
        using var file = new TemporaryFile(content);
        NumPyFileException error = Assert.Throws<NumPyFileException>(() => NpyFile.Read<float>(file.Path));
        Assert.StartsWith($"{file.Path}, byte {error.Offset}: {error.Reason}", error.Message, StringComparison.Ordinal);
        NumPyFileException same = Assert.Throws<NumPyFileException>(() => NpyFile.OpenRows<float>(file.Path));
        Assert.Equal(error.Message, same.Message);
        return error.Message;
    }

    private sealed class Unseekable(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
