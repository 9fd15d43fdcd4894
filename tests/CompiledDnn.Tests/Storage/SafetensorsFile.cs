using System.Buffers.Binary;
using System.Text;

namespace CompiledDnn.Tests;

/// <summary>Safetensors files made by hand, right and wrong ones.</summary>
internal static class SafetensorsFile
{
    /// <summary>Weights 1, 2 and bias 3 of a network [2, 1] in single precision, as the format's own library would write them.</summary>
    public const string Header =
        """{"__metadata__":{"format":"pt"},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}""";

    /// <summary>The network that <see cref="Header"/> is for.</summary>
    public static NetworkShape Shape { get; } = HandMadeShape.OutputMajor<float>("Pair", 2, 1);

    /// <summary>The data that <see cref="Header"/> is for.</summary>
    public static byte[] Data { get; } = Singles(3, 1, 2);

    /// <summary>A file of a header and data, the header not padded.</summary>
    public static byte[] Of(string header, byte[] data) => Of(Encoding.UTF8.GetBytes(header), data);

    /// <summary>A file of a header and data, the header not padded.</summary>
    public static byte[] Of(byte[] header, byte[] data) => WithLength((ulong)header.Length, header, data);

    /// <summary>A file whose prefix says any length.</summary>
    public static byte[] WithLength(ulong length, byte[] header, byte[] data)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, length);
        return [.. prefix, .. header, .. data];
    }

    public static byte[] Singles(params float[] numbers) =>
        [.. numbers.SelectMany(number => LittleEndian(BitConverter.GetBytes(number)))];

    public static byte[] Doubles(params double[] numbers) =>
        [.. numbers.SelectMany(number => LittleEndian(BitConverter.GetBytes(number)))];

    private static IEnumerable<byte> LittleEndian(byte[] bytes) => BitConverter.IsLittleEndian ? bytes : bytes.AsEnumerable().Reverse();
}
