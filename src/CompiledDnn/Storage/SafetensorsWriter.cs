using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>Writes bytes of one tensor.</summary>
/// <param name="offset">The first byte asked for, counted from the tensor's beginning; a multiple of eight.</param>
/// <param name="destination">Where they go, little-endian; wholly overwritten.</param>
internal delegate void SafetensorsSource(long offset, Span<byte> destination);

/// <summary>A tensor to write.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The type of its numbers.</param>
/// <param name="Shape">Its lengths, the last one's numbers side by side.</param>
/// <param name="Source">Gives its bytes, from the first to the last.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsDType DType, long[] Shape, SafetensorsSource Source)
{
    /// <summary>Bytes of its numbers.</summary>
    public long Length => checked(SafetensorsTensor.CountOf(Shape) * DType.Bits / 8);
}

/// <summary>Writes safetensors files, byte for byte as the format's own library does.</summary>
internal static class SafetensorsWriter
{
    private const int ChunkLength = 65536;

    // Names and notes are text for people and other programs, never part of a web page: letters beyond ASCII stay as they are.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file: tensors of the widest types first, those of one type by name.</summary>
    /// <param name="stream">Where it goes, from the stream's position on.</param>
    /// <param name="entries">The tensors, in any order.</param>
    /// <param name="metadata">Notes, written in their order.</param>
    public static void Write(Stream stream, IEnumerable<SafetensorsEntry> entries, params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        SafetensorsEntry[] ordered =
            [.. entries.OrderByDescending(static entry => entry.DType.Order).ThenBy(static entry => entry.Name, StringComparer.Ordinal)];
        stream.Write(Header(ordered, metadata));

        var chunk = new byte[ChunkLength];
        foreach (SafetensorsEntry entry in ordered)
        {
            long length = entry.Length;
            for (long offset = 0; offset < length; offset += ChunkLength)
            {
                Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkLength, length - offset));
                entry.Source(offset, part);
                stream.Write(part);
            }
        }
    }

    private static byte[] Header(SafetensorsEntry[] entries, ReadOnlySpan<(string Key, string Value)> metadata)
    {
        using var header = new MemoryStream();
        header.Write(stackalloc byte[SafetensorsHeader.PrefixLength]);
        using (var json = new Utf8JsonWriter(header, Compact))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, entries);
            json.WriteEndObject();
        }

        // The data begin at a multiple of eight bytes, so that a mapped file can be read in place.
        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }

        byte[] bytes = header.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - SafetensorsHeader.PrefixLength);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, ReadOnlySpan<(string Key, string Value)> metadata)
    {
        if (metadata.IsEmpty)
        {
            return;
        }

        json.WriteStartObject(SafetensorsJson.MetadataKey);
        foreach ((string key, string value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, SafetensorsEntry[] entries)
    {
        long begin = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            long end = checked(begin + entry.Length);
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.DType.Name);
            WriteIntegers(json, "shape", entry.Shape);
            WriteIntegers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
