using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>How many examples the gradient of a layer with lanes across outputs takes at a time. It follows from the shape and the batch size alone.</summary>
internal static class GradientChunks
{
    // What a small layer's rows of A[l−1] and DZ take, and at most the gradient itself, which every chunk reads and writes: an L1 cache or little more.
    private const int SmallBytes = 32 * 1024;

    // Fewer examples would leave too little work between the beginning and the end of a tile.
    private const int FewestExamples = 64;

    // A panel of so many rows of DZ stays in an L2 cache from tile to tile. More would come from further for every tile.
    private const int MostExamples = 1024;

    /// <summary>Examples of a chunk of a gradient that is added up in memory: the last chunk may have fewer.</summary>
    /// <param name="m">The batch size.</param>
    public static int Examples<T, TLayer>(int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer =>
        (long)TLayer.Inputs * TLayer.WeightStride * Unsafe.SizeOf<T>() <= SmallBytes
            ? Math.Max(FewestExamples, SmallBytes / ((TLayer.InputRowStride + TLayer.RowStride) * Unsafe.SizeOf<T>()))
            : Examples(m);

    /// <summary>Examples of a chunk of a gradient that the weights take chunk by chunk; they are divided evenly.</summary>
    /// <param name="m">The batch size.</param>
    public static int Examples(int m)
    {
        int chunks = (m + MostExamples - 1) / MostExamples;
        return (m + chunks - 1) / chunks;
    }
}
