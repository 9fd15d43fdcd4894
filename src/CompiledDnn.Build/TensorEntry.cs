namespace CompiledDnn.Build;

/// <summary>A tensor of a file of weights.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">The type of its numbers, as the format names it.</param>
/// <param name="shape">Its lengths.</param>
internal sealed class TensorEntry(string name, string type, long[] shape)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public long[] Shape { get; } = shape;
}
