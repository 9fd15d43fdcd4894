namespace CompiledDnn;

/// <summary>Guesses what a file is that is not what it should be.</summary>
internal static class FileKind
{
    /// <summary>A clause for the end of a message, empty if the first bytes say nothing.</summary>
    /// <param name="first">The first bytes, nine are enough.</param>
    public static string Hint(ReadOnlySpan<byte> first)
    {
        string? kind = Binary(first) ?? first.TrimStart(" \t\r\n"u8) switch
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

    // A safetensors file begins with the length of its text, an ONNX model with its version and then, mostly, with who made it.
    private static string? Binary(ReadOnlySpan<byte> first) => first switch
    {
        [_, _, _, _, 0, 0, 0, 0, (byte)'{', ..] => "a safetensors file, which a network's own Load reads, and 'dotnet compileddnn from-safetensors'",
        [0x08, < 0x20, 0x12 or 0x3A, ..] => "an ONNX model, which LoadOnnx of CompiledDnn.Formats reads, and 'dotnet compileddnn from-onnx'",
        _ => null,
    };
}
