namespace CompiledDnn;

/// <summary>An array of a NumPy file in memory.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
/// <param name="Shape">The length along each axis; none for a single number.</param>
/// <param name="Data">The numbers in C order: the last index changes fastest, whatever the order in the file.</param>
public sealed record NpyArray<T>(IReadOnlyList<long> Shape, T[] Data)
    where T : unmanaged
{
    /// <summary>The length along the first axis; 1 for a single number.</summary>
    public int Count => Shape.Count == 0 ? 1 : (int)Shape[0];

    /// <summary>Numbers in all other axes together: those of one example, if the first axis counts examples.</summary>
    public int RowLength => Count == 0 ? 0 : Data.Length / Count;
}
