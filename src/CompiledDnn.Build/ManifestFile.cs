using System.Text;

namespace CompiledDnn.Build;

/// <summary>
/// Writes the text of a manifest whole or not at all: half of one, newer than the weights, would be taken for the whole of it by every build that follows.
/// </summary>
internal static class ManifestFile
{
    /// <summary>Writes beside the file, flushes to the disk, and gives the result the file's name. A file that has the text already is only marked as new.</summary>
    /// <param name="path">The file; its folder is made if it is not there.</param>
    /// <param name="text">What it is to hold.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, string text)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("There is a folder of this name.");
        }

        byte[] bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
        if (Holds(path, bytes))
        {
            MarkAsNew(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            WriteAll(temporary, bytes);
            Rename(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool Holds(string path, byte[] bytes)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is replaced.
            return false;
        }
    }

    // The build asks for the text again for as long as it is older than the weights.
    private static void MarkAsNew(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file, or a disk that is only read: what it says is right, and it is read again in the next build.
        }
    }

    private static void WriteAll(string path, byte[] bytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(bytes, 0, bytes.Length);
            stream.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException error) when (error.ParamName == "value")
        {
            // What the framework makes of a file that grows beyond a limit of the system.
            throw new IOException("The file would be longer than the disk, or a limit for this program, allows.", error);
        }
    }

    // An editor and a build may write the same file at once, so what is there is known only once the rename fails.
    private static void Rename(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Replace(temporary, path, null);
        }
    }
}
