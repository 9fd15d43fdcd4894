namespace CompiledDnn;

/// <summary>Writes files whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the file, flushes to the disk, and gives the result the file's name. If anything fails, what was there stays
    /// as it was.
    /// </summary>
    /// <param name="path">The file; replaced if it exists. A symbolic link stays, and what it leads to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write) => Write((path, write));

    /// <summary>Writes files that belong together: all are written and on the disk before the first gets its name.</summary>
    /// <param name="files">Where they go, replaced if they exist, and what writes them.</param>
    public static void Write(params ReadOnlySpan<(string Path, Action<Stream> Write)> files)
    {
        var temporary = new List<string>();
        var targets = new List<string>();
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                targets.Add(LinkTarget.Of(path));
                temporary.Add(Beside(targets[^1]));
                Write(path, temporary[^1], write);
            }

            for (int i = 0; i < files.Length; i++)
            {
                File.Move(temporary[i], targets[i], overwrite: true);
            }
        }
        catch
        {
            temporary.ForEach(Remove);
            throw;
        }
    }

    private static void Write(string path, string temporary, Action<Stream> write)
    {
        try
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException error) when (error.ParamName == "value")
        {
            // What the framework makes of a file that grows beyond a limit of the system, such as 4 GB on an old disk.
            throw new IOException($"{path}: the file would be longer than the disk, or a limit for this program, allows.", error);
        }
    }

    // In the same folder, because only within one file system is a rename one step; not guessable, because two may save at once.
    private static string Beside(string target) =>
        Path.Combine(Path.GetDirectoryName(target) ?? target, $".{Path.GetRandomFileName()}.tmp");

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
