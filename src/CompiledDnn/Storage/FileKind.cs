namespace CompiledDnn;

/// <summary>Guesses what a file is that is not what it should be.</summary>
internal static class FileKind
{
    /// <summary>A clause for the end of a message, empty if the first bytes say nothing.</summary>
    /// <param name="first">The first bytes, eight are enough.</param>
    public static string Hint(ReadOnlySpan<byte> first)
    {
        string? kind = first.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] => "a web page (HTML or XML): download the file itself, not the page that shows it",
            [(byte)'v', (byte)'e', (byte)'r', (byte)'s', (byte)'i', (byte)'o', (byte)'n', ..] => "a git-LFS pointer: fetch the file that it stands for with 'git lfs pull'",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive, such as PyTorch's .pt, NumPy's .npz and Keras's .keras: convert it to safetensors",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file: convert it to safetensors",
            [0x93, (byte)'N', (byte)'U', (byte)'M', ..] => "a NumPy array: convert it to safetensors",
            _ => null,
        };
        return kind is null ? "" : $"; it looks like {kind}";
    }
}
