namespace CompiledDnn;

/// <summary>Opens files to be read.</summary>
internal static class InputFile
{
    /// <summary>Opens a file of a network.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">It is a folder.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream Open(string path) => Open(path, static (path, reason) => new NetworkFileException(path, 0, reason));

    /// <summary>Opens a file of any kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="refusal">Makes the exception for a folder from its path and the reason.</param>
    public static FileStream Open(string path, Func<string, string, IOException> refusal)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            // The system says only that access is denied.
            throw refusal(path, "expected a file, but this is a folder; name the file in it.");
        }
    }
}
