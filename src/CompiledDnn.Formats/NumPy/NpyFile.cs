using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledDnn;

/// <summary>Reads and writes NumPy's <c>.npy</c> files: one array each.</summary>
/// <remarks>
/// Read are versions 1 to 3, bool, integers of 8 to 64 bits and floating-point numbers of 16 to 64, either byte order, C and Fortran order,
/// any number of axes. Arrays of Python objects are refused, because reading them could run any program. What is written is what NumPy
/// writes for the same array, byte for byte.
/// </remarks>
public static class NpyFile
{
    /// <summary>The most memory that an array may take unless told otherwise: 2 GB.</summary>
    public const long DefaultMaxBytes = 1L << 31;

    private const string StreamName = "NumPy stream";

    /// <summary>Reads an array into memory.</summary>
    /// <typeparam name="T">
    /// The type of number to read it as. Floating-point numbers are rounded to nearest; into integers, only whole numbers are read.
    /// </typeparam>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most memory that its numbers may take.</param>
    /// <exception cref="NumPyFileException">The file is damaged, of another format, too large, or a number does not fit T.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpyArray<T> Read<T>(string path, long maxBytes = DefaultMaxBytes)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = NumPyFileException.Open(path);
        return NpyReader.Read<T>(stream, stream.Length, path, maxBytes);
    }

    /// <summary>Reads an array from a stream.</summary>
    /// <typeparam name="T">
    /// The type of number to read it as. Floating-point numbers are rounded to nearest; into integers, only whole numbers are read.
    /// </typeparam>
    /// <param name="stream">The stream, which need not seek; the array is all of it from its position on. It is not closed.</param>
    /// <param name="maxBytes">The most memory that its numbers may take.</param>
    /// <exception cref="NumPyFileException">The stream is damaged, of another format, too large, or a number does not fit T.</exception>
    public static NpyArray<T> Read<T>(Stream stream, long maxBytes = DefaultMaxBytes)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        return NpyReader.Read<T>(stream, stream.CanSeek ? stream.Length - stream.Position : null, StreamName, maxBytes);
    }

    /// <summary>Opens an array whose rows are read when they are needed: one larger than memory.</summary>
    /// <typeparam name="T">The type of number to read it as.</typeparam>
    /// <param name="path">The file, which must not be shortened in its place, see <see cref="NpyRows{T}"/>.</param>
    /// <returns>The rows; to be disposed of after the last use.</returns>
    /// <exception cref="NumPyFileException">The file is damaged, of another format, or has no rows.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpyRows<T> OpenRows<T>(string path)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new NpyRows<T>(path);
    }

    /// <summary>Writes an array. The file is written whole or not at all.</summary>
    /// <typeparam name="T">The type of the numbers: bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="data">The numbers in C order: the last index changes fastest.</param>
    /// <param name="shape">The length along each axis; none for a single number.</param>
    /// <param name="fortranOrder">True to write them in Fortran order: the first index changes fastest.</param>
    /// <param name="version">The version of the format, 1 to 3. Only 1 is needed.</param>
    /// <exception cref="ArgumentException">The shape has another number of numbers.</exception>
    /// <exception cref="NotSupportedException">NumPy has no such type.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    public static void Write<T>(string path, ReadOnlyMemory<T> data, IReadOnlyList<long> shape, bool fortranOrder = false, int version = 1)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, data.Span, shape, fortranOrder, version));
    }

    /// <inheritdoc cref="Write{T}(string, ReadOnlyMemory{T}, IReadOnlyList{long}, bool, int)"/>
    public static void Write<T>(string path, T[] data, IReadOnlyList<long> shape, bool fortranOrder = false, int version = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        Write(path, new ReadOnlyMemory<T>(data), shape, fortranOrder, version);
    }

    /// <summary>Writes an array to a stream, from its position on.</summary>
    /// <typeparam name="T">The type of the numbers: bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <param name="stream">The stream; neither flushed nor closed.</param>
    /// <param name="data">The numbers in C order: the last index changes fastest.</param>
    /// <param name="shape">The length along each axis; none for a single number.</param>
    /// <param name="fortranOrder">True to write them in Fortran order: the first index changes fastest.</param>
    /// <param name="version">The version of the format, 1 to 3. Only 1 is needed.</param>
    /// <exception cref="ArgumentException">The shape has another number of numbers.</exception>
    /// <exception cref="NotSupportedException">NumPy has no such type.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> data, IReadOnlyList<long> shape, bool fortranOrder = false, int version = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, 3);
        NpyType type = NpyType.Of<T>();
        long[] lengths = [.. shape];
        RequireShape(lengths, data.Length, type);

        // NumPy says so only where the order makes a difference.
        bool isFortranOrder = fortranOrder && lengths.Length > 1;
        stream.Write(NpyHeader.Write(type, lengths, isFortranOrder, version));
        stream.Write(MemoryMarshal.AsBytes(isFortranOrder ? NpyOrder.ToFortran(data, lengths) : data));
    }

    private static void RequireShape(long[] shape, int count, NpyType type)
    {
        if (shape.Length > NpyHeader.MaxRank || shape.Any(static length => length < 0) || NpyHeader.Product(shape, type.Size) != count)
        {
            throw new ArgumentException(
                $"NumPy: expected as many numbers as the shape ({string.Join(", ", shape)}) has, in up to {NpyHeader.MaxRank} axes, but there are {count}.", nameof(shape));
        }
    }
}
