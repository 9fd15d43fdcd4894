using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace CompiledDnn.Tests.Files;

/// <summary>Writes safetensors files anew with something changed, so that they are whole but wrong.</summary>
internal static class SafetensorsRewrite
{
    /// <summary>Changes a note.</summary>
    public static void Note(string path, string name, Func<string, string> change)
    {
        (JsonObject header, byte[] data) = Read(path);
        JsonNode notes = header["__metadata__"]!;
        notes[name] = change(notes[name]!.GetValue<string>());
        Write(path, header, data);
    }

    /// <summary>Gives a tensor with one axis another length; the numbers that are more are zero.</summary>
    public static void Length(string path, string name, int count)
    {
        (JsonObject header, byte[] data) = Read(path);
        var tensor = header[name]!.AsObject();
        int size = tensor["dtype"]!.GetValue<string>() == "F64" ? 8 : 4;
        int end = tensor["data_offsets"]![1]!.GetValue<int>();
        int more = (count * size) - (end - tensor["data_offsets"]![0]!.GetValue<int>());
        tensor["shape"] = new JsonArray(count);
        foreach ((string other, JsonNode? entry) in header.Where(static entry => entry.Key != "__metadata__"))
        {
            JsonArray offsets = entry!["data_offsets"]!.AsArray();
            (int begin, int last) = (offsets[0]!.GetValue<int>(), offsets[1]!.GetValue<int>());
            bool isAfter = other != name && begin >= end;
            entry["data_offsets"] = new JsonArray(isAfter ? begin + more : begin, isAfter || other == name ? last + more : last);
        }

        Write(path, header, more < 0 ? [.. data[..(end + more)], .. data[end..]] : [.. data[..end], .. new byte[more], .. data[end..]]);
    }

    private static (JsonObject Header, byte[] Data) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return (JsonNode.Parse(file.AsSpan(8, start - 8))!.AsObject(), file[start..]);
    }

    private static void Write(string path, JsonObject header, byte[] data) =>
        File.WriteAllBytes(path, SafetensorsFile.Of(Encoding.UTF8.GetBytes(header.ToJsonString()), data));
}
