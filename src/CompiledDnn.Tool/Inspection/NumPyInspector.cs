using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CompiledDnn.Tool.Inspection;

/// <summary>Prints the headers of NumPy arrays, which are text: type, order and shape.</summary>
internal static class NumPyInspector
{
    private const int PrefixLength = 10;
    private const int MaxHeader = 10_000;

    /// <summary>Prints a .npy file.</summary>
    public static void PrintArray(Stream stream, string path, TextWriter output)
    {
        output.WriteLine($"NumPy array {Header(stream, path)}");
    }

    /// <summary>Prints a .npz file: an archive of arrays.</summary>
    public static void PrintArchive(Stream stream, string path, TextWriter output)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            output.WriteLine($"archive of {archive.Entries.Count} files");
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                {
                    using Stream content = entry.Open();
                    output.WriteLine($"  {OneLine.Of(entry.FullName[..^4])}  {Header(content, $"{path}, {OneLine.Of(entry.FullName)}")}");
                }
                else
                {
                    output.WriteLine($"  {OneLine.Of(entry.FullName)}  {entry.Length} bytes, no NumPy array");
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw new NetworkFileException(path, $"the archive is damaged: {error.Message}", error);
        }
    }

    // Of any version: the magic, the version, the length in two bytes or from version 2 on in four, and the text.
    private static string Header(Stream stream, string path)
    {
        byte[] prefix = Bytes(stream, PrefixLength, 0, path);
        if (prefix is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', >= 1 and <= 3, ..])
        {
            throw new NetworkFileException(path, 0, "expected a NumPy array of version 1, 2 or 3.");
        }

        bool isShort = prefix[6] == 1;
        byte[] rest = isShort ? [] : Bytes(stream, 2, PrefixLength, path);
        long length = isShort
            ? BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian([prefix[8], prefix[9], .. rest]);
        return length <= MaxHeader
            ? OneLine.Of(Encoding.UTF8.GetString(Bytes(stream, (int)length, PrefixLength + rest.Length, path)).TrimEnd())
            : throw new NetworkFileException(path, 8, $"the header would have {length} bytes; NumPy reads at most {MaxHeader}.");
    }

    private static byte[] Bytes(Stream stream, int count, int offset, string path)
    {
        var bytes = new byte[count];
        int got = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return got == count ? bytes : throw new NetworkFileException(path, offset + got, "the header of a NumPy array is cut off.");
    }
}
