namespace CompiledDnn;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The type of its numbers.</param>
/// <param name="Shape">Its lengths, the last one's numbers side by side; empty for a single number.</param>
/// <param name="Begin">The first of its bytes, counted from the beginning of the data.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record SafetensorsTensor(string Name, SafetensorsDType DType, long[] Shape, long Begin, long End)
{
    /// <summary>The shape as it is written in the file: <c>[16, 30]</c>.</summary>
    public string ShapeText => TextOf(Shape);

    /// <summary>A shape as it is written in a file.</summary>
    public static string TextOf(long[] shape) => $"[{string.Join(", ", shape)}]";
}
