namespace CompiledDnn;

/// <summary>Follows symbolic links to the file that is to be written, so that the link stays and what it leads to is replaced.</summary>
internal static class LinkTarget
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <summary>The file that a path leads to.</summary>
    /// <param name="path">A file, a link to one, or to where one is to be.</param>
    /// <returns>The full path of what is no link.</returns>
    /// <exception cref="IOException">The link leads to itself, or to a folder that is not there.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is null)
        {
            return full;
        }

        int links = 0;
        string target = Follow(full, ref links)
            ?? throw new IOException($"{path}: expected a file, or a link to one, but this symbolic link leads back to itself; remove it, or name the file.");
        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new DirectoryNotFoundException($"{path}: a symbolic link to '{target}', but there is no such folder; make it, or remove the link.");
    }

    // A link's text counts from the folder in which the link really lies, so links among the folders above are followed first.
    private static string? Follow(string full, ref int links)
    {
        if (Path.GetDirectoryName(full) is not { } above)
        {
            return full;
        }

        if (Follow(above, ref links) is not { } folder)
        {
            return null;
        }

        string real = Path.Combine(folder, Path.GetFileName(full));
        string? link = new FileInfo(real).LinkTarget;
        return link is null ? real : ++links > MaxLinks ? null : Follow(Path.GetFullPath(link, folder), ref links);
    }
}
