namespace CompiledDnn.Tool.Inspection;

/// <summary>Prints what a file holds; what it is is seen from its first bytes.</summary>
internal static class FileInspector
{
    private const int FirstLength = 9;

    /// <summary>Prints a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="NetworkFileException">The file is damaged, or of none of the formats.</exception>
    /// <exception cref="NumPyFileException">It is a damaged file of NumPy, or holds no numbers.</exception>
    public static void Print(string path, TextWriter output)
    {
        using var stream = InputFile.Open(path);
        Span<byte> first = stackalloc byte[FirstLength];
        first = first[..stream.ReadAtLeast(first, FirstLength, throwOnEndOfStream: false)];
        stream.Position = 0;
        switch (first)
        {
            case [0x93, (byte)'N', (byte)'U', (byte)'M', ..]:
                NumPyInspector.PrintArray(stream, path, output);
                break;
            case [(byte)'P', (byte)'K', 3, 4, ..]:
                NumPyInspector.PrintArchive(stream, path, output);
                break;
            case [_, _, _, _, _, _, _, _, (byte)'{']:
                SafetensorsInspector.Print(stream, path, output);
                break;
            default:
                OnnxInspector.Print(stream, path, output);
                break;
        }
    }
}
