using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CompiledDnn.Build;

/// <summary>
/// The header of a safetensors file: its tensors, and that it is as long as they say. The runtime checks everything else when it
/// loads the weights, in its own reader.
/// </summary>
internal static class SafetensorsSummary
{
    private const int PrefixLength = 8;
    private const int MaxHeaderLength = 100_000_000;

    /// <summary>Reads the tensors.</summary>
    /// <exception cref="InvalidDataException">The file is no safetensors file, or is cut off.</exception>
    public static IReadOnlyList<TensorEntry> Read(Stream stream)
    {
        byte[] header = ReadHeader(stream);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            long end = 0;
            var tensors = new List<TensorEntry>();
            foreach (JsonProperty entry in json.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
            {
                tensors.Add(new(entry.Name, entry.Value.GetProperty("dtype").GetString() ?? "", Integers(entry.Value.GetProperty("shape"))));
                end = Math.Max(end, Integers(entry.Value.GetProperty("data_offsets")).Last());
            }

            long data = stream.Length - PrefixLength - header.Length;
            return data == end
                ? tensors
                : throw new InvalidDataException($"its tensors take {end} bytes of data, but it has {data}; copy or save it again");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"its header is damaged ({error.Message}); copy or save it again", error);
        }
    }

    private static long[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];

    private static byte[] ReadHeader(Stream stream)
    {
        var prefix = new byte[PrefixLength];
        ulong length = Fill(stream, prefix) ? LittleEndian(prefix) : ulong.MaxValue;
        if (length > MaxHeaderLength || (long)length > stream.Length - PrefixLength)
        {
            throw NoSafetensors(prefix);
        }

        var header = new byte[(int)length];
        return Fill(stream, header) && header.Length > 0 && header[0] == (byte)'{' ? header : throw NoSafetensors(prefix);
    }

    private static InvalidDataException NoSafetensors(byte[] prefix) => new(
        Encoding.ASCII.GetString(prefix).StartsWith("version ", StringComparison.Ordinal)
            ? "it is a pointer of Git LFS, not the file itself; fetch it with 'git lfs pull'"
            : "it is no safetensors file; save the weights with 'Save', or from Python with safetensors.torch");

    private static bool Fill(Stream stream, byte[] buffer)
    {
        int filled = 0;
        for (int got = 1; filled < buffer.Length && got > 0; filled += got)
        {
            got = stream.Read(buffer, filled, buffer.Length - filled);
        }

        return filled == buffer.Length;
    }

    private static ulong LittleEndian(byte[] bytes) => Enumerable.Reverse(bytes).Aggregate(0UL, (value, next) => (value << 8) | next);
}
