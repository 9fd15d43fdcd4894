namespace CompiledDnn.Kernels;

/// <summary>Memory that a kernel needs while it runs, kept on each thread: too much for the stack, and the same again at the next call.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class KernelScratch<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static AlignedBlock<T>? s_block;

    /// <summary>So many numbers that begin on a cache line and may hold anything. Only one kernel of a thread may use them at a time.</summary>
    public static Span<T> Get(int length)
    {
        if (s_block is null || s_block.Length < length)
        {
            s_block = new AlignedBlock<T>(length);
        }

        return s_block.Span;
    }
}
