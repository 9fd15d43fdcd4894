using CompiledDnn.Onnx;
using Google.Protobuf;

namespace CompiledDnn;

/// <summary>Reads a stream into the messages of an ONNX model.</summary>
internal static class OnnxFile
{
    private const int FirstLength = 65536;

    // What other tools write beside the weights: descriptions, copies of constants, training state.
    private const long SpareBytes = 64 << 20;

    /// <summary>The most bytes that a model for a network of so many parameters is allowed to have.</summary>
    public static long LimitFor(NetworkShape shape) => SpareBytes + (32L * shape.ParameterCount);

    /// <summary>Reads a model.</summary>
    /// <param name="stream">A stream at the beginning of the file; read to its end.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="NetworkFileException">It is no model, or a larger one.</exception>
    public static ModelProto Read(Stream stream, string file, long limit)
    {
        byte[] bytes = ReadAll(stream, file, Math.Min(limit, Array.MaxLength), out int length);
        OnnxWireCheck.Check(bytes.AsSpan(0, length), file);
        try
        {
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes, 0, length);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new NetworkFileException(file, $"the file is no ONNX model: {error.Message}", error);
        }
    }

    // Memory grows with the bytes that are really there, up to the limit.
    private static byte[] ReadAll(Stream stream, string file, long limit, out int length)
    {
        if (stream.CanSeek && stream.Length - stream.Position > limit)
        {
            throw TooLong(file, limit);
        }

        var bytes = new byte[stream.CanSeek ? Math.Max(1, stream.Length - stream.Position) : FirstLength];
        length = 0;
        while (true)
        {
            int got = stream.Read(bytes.AsSpan(length));
            length += got;
            if (got == 0)
            {
                return bytes;
            }

            if (length > limit)
            {
                throw TooLong(file, limit);
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * length, length + 1L)));
            }
        }
    }

    private static NetworkFileException TooLong(string file, long limit) =>
        new(file, limit, $"the file has more than {limit} bytes, which is more than a model of these layers takes; it is another model.");
}
