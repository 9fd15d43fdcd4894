using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Where the inputs of a wide layer of dot products are divided: each output is the sum of two halves, so that threads can take inputs
/// and their weights in place of examples. In one source file that is compiled into the runtime and into the generator.
/// </summary>
internal static class InputHalves
{
    // A row of inputs at the least: with fewer, a second sum over lanes for each output would show.
    private const int FewestBytes = 16 * 1024;

    // Columns of a gradient are shared out at multiples of two cache lines.
    private const int BorderBytes = 128;

    /// <summary>True if sums over so many inputs are made in two halves.</summary>
    /// <param name="inputs">The terms of a sum.</param>
    /// <param name="elementSize">Bytes in a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Applies(int inputs, int elementSize) => (long)inputs * elementSize >= FewestBytes;

    /// <summary>The inputs of the first half: where the gradient's columns are divided between two threads.</summary>
    /// <param name="inputs">The terms of a sum.</param>
    /// <param name="elementSize">Bytes in a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Border(int inputs, int elementSize)
    {
        int multiple = BorderBytes / elementSize;
        return (inputs + multiple - 1) / multiple / 2 * multiple;
    }
}
