using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>What comes before an array's numbers: their type, their order and the array's shape.</summary>
/// <param name="Type">The type of the numbers.</param>
/// <param name="IsFortranOrder">True if the first index changes fastest.</param>
/// <param name="Shape">The length along each axis; none for a single number.</param>
/// <param name="Length">Bytes of the header: where the numbers begin.</param>
/// <param name="Count">How many numbers there are.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, long[] Shape, int Length, long Count)
{
    /// <summary>NumPy's own limit: a longer text could keep a parser busy for ever.</summary>
    public const int MaxTextLength = 10_000;

    /// <summary>NumPy's own limit up to version 1; twice that since.</summary>
    public const int MaxRank = 64;

    private const int Alignment = 64;

    // NumPy leaves room for the first axis to grow to the most digits that a 64-bit number can have.
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Bytes of the numbers.</summary>
    public long DataLength => Count * Type.Size;

    /// <summary>The header as NumPy writes it, without padding: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.</summary>
    public string Text => TextOf(Type, Shape, IsFortranOrder);

    /// <summary>The numbers of the shape multiplied.</summary>
    /// <exception cref="OverflowException">There are more bytes than a file can hold.</exception>
    public static long Product(ReadOnlySpan<long> shape, int size)
    {
        long product = size;
        bool empty = false;
        foreach (long length in shape)
        {
            empty |= length == 0;
            product = checked(product * Math.Max(1, length));
        }

        return empty ? 0 : product / size;
    }

    /// <summary>Reads a header and leaves the stream at the first number.</summary>
    /// <param name="stream">A stream at the beginning of an array.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NumPyFileException">There is no whole header, or one of an array that cannot be read.</exception>
    public static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[12];
        int got = stream.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false);
        if (got < 8 || !start.StartsWith(Magic))
        {
            throw new NumPyFileException(file, 0, $"expected a NumPy array, which begins with \\x93NUMPY{NpyHint.For(start[..got])}.");
        }

        int major = start[6];
        if (major is < 1 or > 3)
        {
            throw new NumPyFileException(file, 6, $"the array has format version {major}.{start[7]}; versions 1 to 3 are read.");
        }

        int sizeBytes = major == 1 ? 2 : 4;
        ReadExactly(stream, start.Slice(8, sizeBytes), 8, file);
        uint textLength = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (textLength > MaxTextLength)
        {
            throw new NumPyFileException(file, 8, $"the header would have {textLength} characters, but NumPy itself reads no more than {MaxTextLength}.");
        }

        var text = new byte[textLength];
        ReadExactly(stream, text, 8 + sizeBytes, file);
        return NpyHeaderParser.Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), 8 + sizeBytes, file);
    }

    /// <summary>The bytes of a header, as NumPy writes them.</summary>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="shape">The array's shape.</param>
    /// <param name="fortranOrder">True if the first index changes fastest.</param>
    /// <param name="version">1, 2 or 3.</param>
    public static byte[] Write(NpyType type, ReadOnlySpan<long> shape, bool fortranOrder, int version)
    {
        string text = TextOf(type, shape, fortranOrder);
        if (!shape.IsEmpty)
        {
            long growing = fortranOrder ? shape[^1] : shape[0];
            text += new string(' ', GrowthDigits - growing.ToString(CultureInfo.InvariantCulture).Length);
        }

        int prefix = version == 1 ? 10 : 12;
        int padding = Alignment - ((prefix + text.Length + 1) % Alignment);
        text += new string(' ', padding) + "\n";
        var header = new byte[prefix + text.Length];
        Magic.CopyTo(header);
        header[6] = (byte)version;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, header.AsSpan(prefix));
        return header;
    }

    private static string TextOf(NpyType type, ReadOnlySpan<long> shape, bool fortranOrder)
    {
        string lengths = string.Join(", ", shape.ToArray().Select(static length => length.ToString(CultureInfo.InvariantCulture)));
        return $"{{'descr': '{type.Text}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': ({lengths}{(shape.Length == 1 ? "," : "")}), }}";
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, int offset, string file)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new NumPyFileException(file, offset + got, "the file ends within the header; it was cut off.");
        }
    }
}
