using System.IO.Compression;

namespace CompiledDnn.Tool.Inspection;

/// <summary>Prints the headers of NumPy arrays, which are text: type, order and shape.</summary>
internal static class NumPyInspector
{
    /// <summary>Prints a .npy file.</summary>
    public static void PrintArray(Stream stream, string path, TextWriter output)
    {
        NpyHeader header = NpyHeader.Read(stream, path);
        NpyReader.RequireLength(header, stream.Length, path);
        output.WriteLine($"NumPy array {OneLine.Of(header.Text)}");
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
                    output.WriteLine($"  {OneLine.Of(entry.FullName[..^4])}  {OneLine.Of(Header(entry, $"{path}/{OneLine.Of(entry.FullName)}"))}");
                }
                else
                {
                    output.WriteLine($"  {OneLine.Of(entry.FullName)}  {entry.Length} bytes, no NumPy array");
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw new NumPyFileException(path, 0, $"the archive is damaged: {error.Message}", error);
        }
    }

    // An array of text, say, is no reason not to print the others.
    private static string Header(ZipArchiveEntry entry, string file)
    {
        try
        {
            using Stream content = entry.Open();
            NpyHeader header = NpyHeader.Read(content, file);
            NpyReader.RequireLength(header, entry.Length, file);
            return header.Text;
        }
        catch (NumPyFileException refusal)
        {
            return $"cannot be read: {refusal.Reason}";
        }
    }
}
