namespace CompiledDnn.Kernels;

/// <summary>Memory that a kernel needs while it runs, kept on each thread: too much for the stack, and the same again at the next call.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class KernelScratch<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static AlignedBlock<T>? s_block;

    [ThreadStatic]
    private static AlignedBlock<T>? s_sums;

    /// <summary>So many numbers that begin on a cache line and may hold anything. Only one kernel of a thread may use them at a time.</summary>
    public static Span<T> Get(int length) => AtLeast(ref s_block, length);

    /// <summary>The same for sums that are kept while other kernels run, which may use the memory of <see cref="Get"/>.</summary>
    public static Span<T> Sums(int length) => AtLeast(ref s_sums, length);

    private static Span<T> AtLeast(ref AlignedBlock<T>? block, int length)
    {
        if (block is null || block.Length < length)
        {
            block = new AlignedBlock<T>(length);
        }

        return block.Span;
    }
}
