namespace CompiledDnn;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="name">Its name.</param>
/// <param name="dType">The type of its numbers.</param>
/// <param name="shape">Its lengths.</param>
/// <param name="begin">The first of its bytes.</param>
/// <param name="end">The byte after its last one.</param>
internal sealed class SafetensorsTensor(string name, SafetensorsDType dType, long[] shape, long begin, long end)
{
    /// <summary>Its name, unique in the file.</summary>
    public string Name { get; } = name;

    /// <summary>The type of its numbers.</summary>
    public SafetensorsDType DType { get; } = dType;

    /// <summary>Its lengths, the last one's numbers side by side; empty for a single number.</summary>
    public long[] Shape { get; } = shape;

    /// <summary>The first of its bytes, counted from the beginning of the data.</summary>
    public long Begin { get; } = begin;

    /// <summary>The byte after its last one.</summary>
    public long End { get; } = end;

    /// <summary>The shape as it is written in the file: <c>[16, 30]</c>.</summary>
    public string ShapeText => TextOf(Shape);

    /// <summary>A shape as it is written in a file.</summary>
    public static string TextOf(long[] shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>How many numbers a tensor of that shape has.</summary>
    /// <exception cref="OverflowException">More than 2^63 − 1.</exception>
    public static long CountOf(long[] shape)
    {
        long count = 1;
        foreach (long length in shape)
        {
            count = checked(count * length);
        }

        return count;
    }
}
