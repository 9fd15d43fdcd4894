using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>W or b of a layer as a tensor of a file: its name, its logical shape, and where its numbers lie in the block.</summary>
/// <param name="Name">The name that PyTorch's <c>nn.Sequential</c> gives it.</param>
/// <param name="Shape">[outputs, inputs] or [outputs].</param>
/// <param name="Start">Where the first number lies in the parameter block.</param>
/// <param name="RowStride">From a number to the one below it.</param>
/// <param name="ColumnStride">From a number to the one beside it.</param>
internal sealed record NetworkTensor(string Name, long[] Shape, int Start, int RowStride, int ColumnStride)
{
    /// <summary>What the names of tensors begin with that a checkpoint has for going on with training, beside those of the network.</summary>
    public const string TrainingPrefix = "training.";

    private int Columns => (int)Shape[^1];

    /// <summary>True for a tensor that is none of the network's own and may be passed over.</summary>
    /// <param name="name">The name of a tensor of a file.</param>
    public static bool IsForTraining(string name) => name.StartsWith(TrainingPrefix, StringComparison.Ordinal);

    /// <summary>The tensors of a network. Its activations count as modules of their own, so layer l is module 2 (l − 1).</summary>
    public static IEnumerable<NetworkTensor> Of(NetworkShape shape)
    {
        foreach (LayerInfo layer in shape.Layers.ToArray())
        {
            int module = 2 * (layer.Index - 1);
            yield return new($"{module}.weight", [layer.Outputs, layer.Inputs], layer.WeightOffset, layer.OutputStride, layer.InputStride);
            yield return new($"{module}.bias", [layer.Outputs], layer.BiasOffset, 0, 1);
        }
    }

    /// <summary>Writes numbers of the tensor as bytes, little-endian.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">The first number, counted in the dense order of the file.</param>
    /// <param name="destination">Where they go; as many numbers as fit.</param>
    public void CopyTo<T>(ReadOnlySpan<T> block, long first, Span<byte> destination)
        where T : unmanaged
    {
        (int row, int column) = Place(first);
        for (; !destination.IsEmpty; destination = destination[Unsafe.SizeOf<T>()..])
        {
            T number = block[Start + (row * RowStride) + (column * ColumnStride)];
            if (typeof(T) == typeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(destination, Unsafe.BitCast<T, float>(number));
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination, Unsafe.BitCast<T, double>(number));
            }

            Advance(ref row, ref column);
        }
    }

    /// <summary>Sets numbers of the tensor from bytes, little-endian, rounded to nearest where T is the narrower type.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">The first number, counted in the dense order of the file.</param>
    /// <param name="source">The bytes of whole numbers.</param>
    /// <param name="type">What the bytes are, F32 or F64.</param>
    /// <returns>How many numbers were set: fewer than there are if one that is finite is beyond the range of T.</returns>
    public int CopyFrom<T>(Span<T> block, long first, ReadOnlySpan<byte> source, SafetensorsDType type)
        where T : unmanaged
    {
        (int row, int column) = Place(first);
        bool wide = type == SafetensorsDType.F64;
        int size = type.Bits / 8;
        int count = source.Length / size;
        for (int i = 0; i < count; i++)
        {
            if (!TryRead(source[(i * size)..], wide, out block[Start + (row * RowStride) + (column * ColumnStride)]))
            {
                return i;
            }

            Advance(ref row, ref column);
        }

        return count;
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> source, bool wide, out T number)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            number = Unsafe.BitCast<double, T>(
                wide ? BinaryPrimitives.ReadDoubleLittleEndian(source) : BinaryPrimitives.ReadSingleLittleEndian(source));
            return true;
        }

        if (!wide)
        {
            // Not by way of double, which would change the bits of some that are no number.
            number = Unsafe.BitCast<float, T>(BinaryPrimitives.ReadSingleLittleEndian(source));
            return true;
        }

        double value = BinaryPrimitives.ReadDoubleLittleEndian(source);
        number = Unsafe.BitCast<float, T>((float)value);
        return float.IsFinite((float)value) || !double.IsFinite(value);
    }

    private (int Row, int Column) Place(long number) => ((int)(number / Columns), (int)(number % Columns));

    private void Advance(ref int row, ref int column)
    {
        if (++column == Columns)
        {
            column = 0;
            row++;
        }
    }
}
