using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>Reads one array from a stream. Memory is taken for numbers that are there, not for those that a header promises.</summary>
internal static class NpyReader
{
    private const int ChunkLength = 65536;

    /// <summary>Reads an array to the end of the stream.</summary>
    /// <param name="stream">A stream at the beginning of the array.</param>
    /// <param name="length">Bytes in the stream, if that is known.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="maxBytes">The most memory that the numbers may take.</param>
    /// <exception cref="NumPyFileException">There is no whole array, one that cannot be read as T, or one that is too large.</exception>
    public static NpyArray<T> Read<T>(Stream stream, long? length, string file, long maxBytes)
        where T : unmanaged, INumberBase<T>
    {
        NpyHeader header = NpyHeader.Read(stream, file);
        if (length is { } known)
        {
            RequireLength(header, known, file);
        }

        if (header.Count > Array.MaxLength || header.Count * Unsafe.SizeOf<T>() > maxBytes)
        {
            throw new NumPyFileException(
                file, header.Length, $"the array has {header.Count} numbers, which take {(Int128)header.Count * Unsafe.SizeOf<T>()} bytes, more than the limit of {maxBytes}; raise maxBytes, or use NpyFile.OpenRows.");
        }

        T[] data = ReadNumbers<T>(stream, header, file, isThere: length is not null);
        if (stream.ReadByte() >= 0)
        {
            throw new NumPyFileException(file, header.Length + header.DataLength, $"the array has {header.Count} numbers, but more bytes follow them.");
        }

        return new NpyArray<T>(header.Shape, header.IsFortranOrder && header.Shape.Length > 1 ? NpyOrder.ToC(data, header.Shape) : data);
    }

    /// <summary>Throws if a file has too few bytes or too many.</summary>
    public static void RequireLength(NpyHeader header, long length, string file)
    {
        long expected = header.DataLength;
        long there = length - header.Length;
        if (there < expected)
        {
            throw new NumPyFileException(file, length, $"the array has {header.Count} numbers in {expected} bytes, but only {there} are there; the file was cut off.");
        }

        if (there > expected)
        {
            throw new NumPyFileException(file, header.Length + expected, $"the array has {header.Count} numbers in {expected} bytes, but {there - expected} more follow them.");
        }
    }

    /// <summary>A number that T cannot hold.</summary>
    public static NumPyFileException OutOfRange<T>(NpyHeader header, long number, string file) => new(
        file,
        header.Length + (number * header.Type.Size),
        $"the number at place {number} of type '{header.Type.Text}' is none that {typeof(T).Name} can hold; read it as another type.");

    private static T[] ReadNumbers<T>(Stream stream, NpyHeader header, string file, bool isThere)
        where T : unmanaged, INumberBase<T>
    {
        var data = new T[isThere ? header.Count : Math.Min(header.Count, ChunkLength)];
        var chunk = new byte[ChunkLength];
        int size = header.Type.Size;
        for (int done = 0; done < header.Count;)
        {
            int count = (int)Math.Min(ChunkLength / size, header.Count - done);
            Span<byte> part = chunk.AsSpan(0, count * size);
            int got = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            if (got < part.Length)
            {
                long at = ((long)done * size) + got;
                throw new NumPyFileException(
                    file, header.Length + at, $"the array has {header.Count} numbers in {header.DataLength} bytes, but the file ends after {at} of them; it was cut off.");
            }

            if (done + count > data.Length)
            {
                Array.Resize(ref data, (int)Math.Min(header.Count, 2L * data.Length));
            }

            int read = NpyNumbers.Read(part, header.Type, data.AsSpan(done, count));
            if (read < count)
            {
                throw OutOfRange<T>(header, done + read, file);
            }

            done += count;
        }

        return data;
    }
}
