namespace CompiledDnn;

/// <summary>W or b of a layer as a tensor of a file: its name, its logical shape, and where its numbers lie in the block.</summary>
/// <param name="name">Its name.</param>
/// <param name="shape">[outputs, inputs] or [outputs].</param>
/// <param name="start">Where the first number lies in the parameter block.</param>
/// <param name="rowStride">From a number to the one below it.</param>
/// <param name="columnStride">From a number to the one beside it.</param>
internal sealed class NetworkTensor(string name, long[] shape, int start, int rowStride, int columnStride)
{
    /// <summary>What the names of tensors begin with that a checkpoint has for going on with training, beside those of the network.</summary>
    public const string TrainingPrefix = "training.";

    /// <summary>The name that PyTorch's <c>nn.Sequential</c> gives it.</summary>
    public string Name { get; } = name;

    /// <summary>[outputs, inputs] or [outputs].</summary>
    public long[] Shape { get; } = shape;

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

    /// <summary>Writes numbers of the tensor as bytes, little-endian, rounded to nearest where the type is narrower than T.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">The first number, counted in the dense order of the file.</param>
    /// <param name="destination">Where they go; as many numbers as fit.</param>
    /// <param name="type">What they are written as; null for T itself.</param>
    /// <exception cref="OverflowException">A finite number is beyond the range of the type.</exception>
    public void CopyTo<T>(ReadOnlySpan<T> block, long first, Span<byte> destination, NumberType? type = null)
        where T : unmanaged
    {
        (int row, int column) = Place(first);
        SafetensorsDType written = type is { } other ? SafetensorsDType.Of(other) : SafetensorsDType.Of<T>();
        NumberType number = written.Number!.Value;
        int size = written.Bits / 8;
        for (; !destination.IsEmpty; destination = destination[size..])
        {
            T value = block[start + (row * rowStride) + (column * columnStride)];
            if (!TensorNumbers.TryWrite(value, number, destination))
            {
                throw new OverflowException(
                    FormattableString.Invariant($"The tensor '{Name}' has the number {value}, which is beyond the range of {number}; save it as a wider type."));
            }

            Advance(ref row, ref column);
        }
    }

    /// <summary>Sets numbers of the tensor from bytes, little-endian, rounded to nearest where T is the narrower type.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">The first number, counted in the dense order of the file.</param>
    /// <param name="source">The bytes of whole numbers.</param>
    /// <param name="type">What the bytes are, one of the types of <see cref="NumberType"/>.</param>
    /// <returns>How many numbers were set: fewer than there are if one that is finite is beyond the range of T.</returns>
    public int CopyFrom<T>(Span<T> block, long first, ReadOnlySpan<byte> source, SafetensorsDType type)
        where T : unmanaged
    {
        (int row, int column) = Place(first);
        NumberType number = type.Number!.Value;
        int size = type.Bits / 8;
        int count = source.Length / size;
        for (int i = 0; i < count; i++)
        {
            if (!TensorNumbers.TryRead(source[(i * size)..], number, out block[start + (row * rowStride) + (column * columnStride)]))
            {
                return i;
            }

            Advance(ref row, ref column);
        }

        return count;
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
