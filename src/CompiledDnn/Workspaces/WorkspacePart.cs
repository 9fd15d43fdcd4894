namespace CompiledDnn;

/// <summary>Rows of numbers in a workspace's block of memory, one for each example that fits. The default is a part that is not kept.</summary>
/// <param name="Offset">Where it begins, in numbers.</param>
/// <param name="Length">Numbers in all, 0 if it is not kept.</param>
/// <param name="Stride">From one example's row to the next one's.</param>
internal readonly record struct WorkspacePart(int Offset, int Length, int Stride);
