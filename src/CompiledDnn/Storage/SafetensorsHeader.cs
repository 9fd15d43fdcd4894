using System.Buffers.Binary;
using System.Text.Unicode;

namespace CompiledDnn;

/// <summary>
/// The header of a safetensors file, read and checked: every tensor's type, shape and place, and that the tensors cover the data
/// without a hole or an overlap. Nothing of the data itself is read.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes before the JSON text: its length.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest JSON text that the format allows.</summary>
    public const int MaxLength = 100_000_000;

    private SafetensorsHeader(string file, int jsonLength, SafetensorsContent content)
    {
        File = file;
        DataStart = PrefixLength + jsonLength;
        Tensors = content.Tensors;
        Metadata = content.Metadata;
    }

    /// <summary>The file's name for messages.</summary>
    public string File { get; }

    /// <summary>Where the data begin, in bytes from the beginning of the file.</summary>
    public long DataStart { get; }

    /// <summary>Bytes of data.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The file's own notes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a header and leaves the stream at the first byte of data.</summary>
    /// <param name="stream">A stream at the beginning of the file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NetworkFileException">The header is not that of a whole safetensors file.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        // Where the stream cannot tell its length, whoever reads the data notices that there are too few or too many.
        long? length = stream.CanSeek ? stream.Length - stream.Position : null;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        int got = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (got < PrefixLength)
        {
            throw new NetworkFileException(
                file, got, $"expected a safetensors file, which has at least {PrefixLength} bytes, but it has {got}{FileKind.Hint(prefix[..got])}.");
        }

        byte[] json = ReadJson(stream, file, prefix, length);
        SafetensorsContent content = SafetensorsJson.Parse(json, file);
        var header = new SafetensorsHeader(file, json.Length, content);
        CheckTiling(header, length);
        return header;
    }

    private static byte[] ReadJson(Stream stream, string file, ReadOnlySpan<byte> prefix, long? length)
    {
        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (declared > MaxLength)
        {
            throw new NetworkFileException(
                file, 0, $"the header would have {declared} bytes, but the format allows {MaxLength}; this is no safetensors file{FileKind.Hint(prefix)}.");
        }

        int jsonLength = (int)declared;
        if (length is { } known && jsonLength > known - PrefixLength)
        {
            throw new NetworkFileException(
                file, 0, $"the header would have {jsonLength} bytes, but only {known - PrefixLength} follow; the file was cut off or is no safetensors file{FileKind.Hint(prefix)}.");
        }

        // Memory grows with the bytes that are really there, not with what the file declares.
        var json = new byte[Math.Min(jsonLength, 65536)];
        int filled = 0;
        while (filled < jsonLength)
        {
            if (filled == json.Length)
            {
                Array.Resize(ref json, (int)Math.Min(jsonLength, 2L * json.Length));
            }

            int got = stream.Read(json.AsSpan(filled));
            if (got == 0)
            {
                throw new NetworkFileException(
                    file, PrefixLength + filled, $"the header has {jsonLength} bytes, but the file ends after {filled} of them; it was cut off.");
            }

            filled += got;
        }

        if (json is not [(byte)'{', ..])
        {
            throw new NetworkFileException(
                file, PrefixLength, $"expected the header to begin with '{{'; this is no safetensors file{FileKind.Hint(json)}.");
        }

        return Utf8.IsValid(json)
            ? json
            : throw new NetworkFileException(file, PrefixLength, "the header is not valid UTF-8; the file is damaged.");
    }

    private static void CheckTiling(SafetensorsHeader header, long? length)
    {
        long covered = 0;
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            if (tensor.Begin != covered)
            {
                string what = tensor.Begin > covered ? "a hole" : "an overlap";
                throw new NetworkFileException(
                    header.File,
                    header.DataStart + Math.Min(covered, tensor.Begin),
                    $"the tensor '{tensor.Name}' begins at byte {tensor.Begin} of the data, but the one before it ends at {covered}; the format forbids {what}.");
            }

            covered = tensor.End;
        }

        if (length is { } known && known - header.DataStart != covered)
        {
            long there = known - header.DataStart;
            throw new NetworkFileException(
                header.File,
                header.DataStart + Math.Min(covered, there),
                $"the tensors take {covered} bytes of data, but the file has {there}; it {(there < covered ? "was cut off" : "has a tail that belongs to no tensor")}.");
        }
    }
}
