using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>How a generated network predicts: its forward pass on scratch memory that it is given.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IInference<T>
    where T : unmanaged
{
    /// <summary>Numbers of scratch memory that one example takes.</summary>
    static abstract int ScratchPerExample { get; }

    /// <summary>Floating-point operations for one example.</summary>
    static abstract long Operations { get; }

    /// <summary>Predicts a batch.</summary>
    /// <param name="p">The weights and biases.</param>
    /// <param name="x">m rows of inputs, dense.</param>
    /// <param name="outputs">m rows of outputs, dense; overwritten.</param>
    /// <param name="scratch">m × ScratchPerExample numbers that begin on a cache line; overwritten, may hold anything.</param>
    /// <param name="m">The batch size.</param>
    static abstract void Run(ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs, Span<T> scratch, int m);
}

/// <summary>Prediction without a workspace: scratch memory is on the stack, one tile of the batch at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prediction
{
    // A tile this large keeps the register tiles full and reads the weights seldom; more would only take more memory.
    private const int MostExamples = 96;

    // With fewer examples at once the weights are read too often: wide networks keep memory for a tile on each thread instead.
    private const int FewestExamples = 24;
    private const int StackBytes = 32 * 1024;

    // What a thread keeps for networks too wide for the stack, unless a single example takes more.
    private const int KeptBytes = 4 * 1024 * 1024;

    /// <summary>Predicts m examples. Allocates nothing, but for networks too wide for the stack once on each thread.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="p">The weights and biases.</param>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="outputs">m rows of OutputSize numbers; overwritten.</param>
    /// <param name="mostThreads">The most threads that may be used; −1 for all processors.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Run<T, TInference>(NetworkShape shape, ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs, int mostThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInference : struct, IInference<T>
    {
        int m = BoundaryCheck.Examples(shape, "Predict", x.Length);
        BoundaryCheck.Outputs(shape, m, outputs.Length);
        int threads = StepThreads.Count(mostThreads, m, TInference.Operations);

        // Taken whatever the batch, so that a larger one on this thread allocates nothing.
        PredictionWork<T, TInference> work = PredictionWork<T, TInference>.OfThread;
        if (threads == 1 || !work.TryRun(shape, p, x, outputs, m, threads))
        {
            RunHere<T, TInference>(shape, p, x, outputs, m);
        }
    }

    /// <summary>Predicts m examples on this thread.</summary>
    [SkipLocalsInit]
    internal static void RunHere<T, TInference>(NetworkShape shape, ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInference : struct, IInference<T>
    {
        long bytesPerExample = (long)TInference.ScratchPerExample * Unsafe.SizeOf<T>();
        int tile = Math.Min(m, ExamplesIn(StackBytes - AlignedBlock<T>.Alignment, bytesPerExample));
        if (tile < Math.Min(m, FewestExamples))
        {
            // As much as the largest batch can use, so that a later call on this thread takes no more.
            int kept = Math.Max(1, ExamplesIn(KeptBytes, bytesPerExample));
            Span<T> scratch = ThreadScratch<T>.Get(checked(kept * TInference.ScratchPerExample));
            Tiles<T, TInference>(shape, p, x, outputs, scratch, m, Math.Min(m, kept));
            return;
        }

        Span<byte> stack = stackalloc byte[(tile * (int)bytesPerExample) + AlignedBlock<T>.Alignment];
        Tiles<T, TInference>(shape, p, x, outputs, Align<T>(stack), m, tile);
    }

    private static int ExamplesIn(int bytes, long bytesPerExample) => (int)Math.Min(MostExamples, bytes / bytesPerExample);

    private static void Tiles<T, TInference>(
        NetworkShape shape, ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs, Span<T> scratch, int m, int tile)
        where T : unmanaged
        where TInference : struct, IInference<T>
    {
        for (int first = 0; first < m; first += tile)
        {
            int count = Math.Min(tile, m - first);
            TInference.Run(
                p,
                x.Slice(first * shape.InputSize, count * shape.InputSize),
                outputs.Slice(first * shape.OutputSize, count * shape.OutputSize),
                scratch[..(count * TInference.ScratchPerExample)],
                count);
        }
    }

    private static unsafe Span<T> Align<T>(Span<byte> memory)
        where T : unmanaged
    {
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory));
        int skip = (int)((AlignedBlock<T>.Alignment - (address % AlignedBlock<T>.Alignment)) % AlignedBlock<T>.Alignment);
        return MemoryMarshal.Cast<byte, T>(memory[skip..]);
    }

    private static class ThreadScratch<T>
        where T : unmanaged
    {
        [ThreadStatic]
        private static AlignedBlock<T>? s_block;

        public static Span<T> Get(int length)
        {
            if (s_block is null || s_block.Length < length)
            {
                s_block = new AlignedBlock<T>(length);
            }

            return s_block.Span;
        }
    }
}
