using System.Buffers.Binary;
using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>A constant of a model: numbers with their shape, whatever type the file has them in.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="ElementType">The type in the file; see <see cref="OnnxElementType"/>.</param>
/// <param name="Shape">Its lengths; empty for a single number.</param>
/// <param name="Numbers">Its numbers, the last length's side by side.</param>
internal sealed record OnnxTensor(string Name, int ElementType, int[] Shape, double[] Numbers)
{
    private const int MaxRank = 32;

    /// <summary>The shape as text: <c>[16, 30]</c>.</summary>
    public string ShapeText => SafetensorsTensor.TextOf([.. Shape]);

    /// <summary>True for one number, whatever its shape.</summary>
    public bool IsNumber => Numbers.Length == 1;

    /// <summary>The tensor of a matrix with rows and columns exchanged.</summary>
    public OnnxTensor Transposed()
    {
        (int rows, int columns) = (Shape[0], Shape[1]);
        var turned = new double[Numbers.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                turned[(c * rows) + r] = Numbers[(r * columns) + c];
            }
        }

        return this with { Shape = [columns, rows], Numbers = turned };
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its name, or where it stands.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NetworkFileException">It is not stored in the file, of a type that is not read, or damaged.</exception>
    public static OnnxTensor Read(TensorProto tensor, string name, string file)
    {
        if (tensor.DataLocation != 0 || tensor.ExternalData.Count > 0)
        {
            throw new NetworkFileException(
                file, $"the tensor '{name}' is kept in another file, which is not opened for safety; save the model with its weights inside.");
        }

        int size = OnnxElementType.SizeOf(tensor.DataType);
        if (size == 0)
        {
            throw new NetworkFileException(
                file,
                $"the tensor '{name}' has numbers of the type {OnnxElementType.NameOf(tensor.DataType)}; FLOAT, DOUBLE and FLOAT16 are read. Convert the model first.");
        }

        if (tensor.Dims.Count > MaxRank)
        {
            throw new NetworkFileException(file, $"the tensor '{name}' has {tensor.Dims.Count} lengths; expected at most {MaxRank}.");
        }

        int[] shape = [.. tensor.Dims.Select(length => LengthOf(length, name, file))];
        long count = CountOf(shape, name, file);
        double[] numbers = tensor.RawData.IsEmpty ? Listed(tensor) : Raw(tensor.RawData.Span, tensor.DataType, size);
        return numbers.Length == count && (tensor.RawData.IsEmpty || tensor.RawData.Length == count * size)
            ? new(name, tensor.DataType, shape, numbers)
            : throw new NetworkFileException(
                file,
                $"the tensor '{name}' of shape {SafetensorsTensor.TextOf([.. shape])} has {count} numbers, but the file holds {numbers.Length} of them; it is damaged.");
    }

    private static int LengthOf(long length, string name, string file) => length is >= 0 and <= int.MaxValue
        ? (int)length
        : throw new NetworkFileException(file, $"the tensor '{name}' has a length of {length}; the file is damaged.");

    private static long CountOf(int[] shape, string name, string file)
    {
        long count = 1;
        foreach (int length in shape)
        {
            if (Math.BigMul(count, length, out long low) != low >> 63 || low > int.MaxValue)
            {
                throw new NetworkFileException(
                    file, $"the tensor '{name}' of shape {SafetensorsTensor.TextOf([.. shape])} has more numbers than a file can hold.");
            }

            count = low;
        }

        return count;
    }

    private static double[] Listed(TensorProto tensor) => tensor.DataType switch
    {
        OnnxElementType.Float => [.. tensor.FloatData.Select(static number => (double)number)],
        OnnxElementType.Double => [.. tensor.DoubleData],
        OnnxElementType.Int64 => [.. tensor.Int64Data.Select(static number => (double)number)],
        OnnxElementType.Int32 or OnnxElementType.Bool => [.. tensor.Int32Data.Select(static number => (double)number)],
        _ => [.. tensor.Int32Data.Select(static bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
    };

    private static double[] Raw(ReadOnlySpan<byte> bytes, int type, int size)
    {
        var numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes[(i * size)..];
            numbers[i] = type switch
            {
                OnnxElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(number),
                OnnxElementType.Double => BinaryPrimitives.ReadDoubleLittleEndian(number),
                OnnxElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(number),
                OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(number),
                OnnxElementType.Bool => number[0],
                _ => (double)BinaryPrimitives.ReadHalfLittleEndian(number),
            };
        }

        return numbers;
    }
}
