namespace CompiledDnn;

/// <summary>Guesses what a file is that is no NumPy array.</summary>
internal static class NpyHint
{
    /// <summary>A clause for the end of a message, empty if the first bytes say nothing.</summary>
    /// <param name="first">The first bytes, eight are enough.</param>
    public static string For(ReadOnlySpan<byte> first)
    {
        string? kind = first.TrimStart(" \t\r\n"u8) switch
        {
            [] => "it is empty",
            [(byte)'<', ..] => "it looks like a web page (HTML or XML): download the file itself, not the page that shows it",
            [(byte)'v', (byte)'e', (byte)'r', (byte)'s', (byte)'i', (byte)'o', (byte)'n', ..] =>
                "it looks like a git-LFS pointer: fetch the file that it stands for with 'git lfs pull'",
            [(byte)'P', (byte)'K', ..] => "it looks like a zip archive: open .npz files with NpzFile",
            [0x80, >= 2 and <= 5, ..] => "it looks like a Python pickle, which is never read, because it can run any program: save it with numpy.save",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "it looks like an HDF5 file: save its data with numpy.save",
            _ => null,
        };
        return kind is null ? "" : $"; {kind}";
    }
}
