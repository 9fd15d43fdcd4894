using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Where the inputs of a layer are divided of which each output is the sum of two halves (<see cref="IDenseLayer.HalvesInputs"/>): where two
/// threads divide its gradient, so that each reads the weights that it has changed itself.
/// </summary>
internal static class InputHalves
{
    /// <summary>The multiple of inputs at which a gradient with lanes across outputs is shared out: whole tiles, six rows.</summary>
    public const int LanesMultiple = 6;

    /// <summary>The multiple of inputs at which the gradient of dot products is shared out: two cache lines.</summary>
    /// <param name="elementSize">Bytes in a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotMultiple(int elementSize) => 2 * AlignedBlock<byte>.Alignment / elementSize;

    /// <summary>The inputs of the first half with lanes across outputs.</summary>
    /// <param name="inputs">The terms of a sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LanesBorder(int inputs) => Middle(inputs, LanesMultiple);

    /// <summary>The inputs of the first half of dot products.</summary>
    /// <param name="inputs">The terms of a sum.</param>
    /// <param name="elementSize">Bytes in a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotBorder(int inputs, int elementSize) => Middle(inputs, DotMultiple(elementSize));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Middle(int inputs, int multiple) => (inputs + multiple - 1) / multiple / 2 * multiple;
}
