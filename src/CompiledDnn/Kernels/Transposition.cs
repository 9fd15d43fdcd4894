using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Copies rows of W of a layer with lanes across outputs so that there is a row for each output, for a backward product without sums over lanes.</summary>
/// <remarks>
/// In blocks that fill a cache line on both sides, each made of squares of one vector's lanes: a square is read into registers, transposed
/// there and written. The last outputs' squares take padding of W with them; where inputs end within a square, zeros follow.
/// </remarks>
internal static class Transposition
{
    // The side of the largest square, of floats.
    private const int MostSide = 8;

    /// <summary>Copies some rows of W.</summary>
    /// <param name="w">The first of them, rows of the layer's weight stride, one for each input.</param>
    /// <param name="inputs">How many.</param>
    /// <param name="transposed"><see cref="Rows"/> rows, one for each output; overwritten, padding with zeros.</param>
    /// <param name="stride">From one row of the copy to the next, <paramref name="inputs"/> or more.</param>
    public static void Run<T, TLayer>(ref T w, int inputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        if (!Square.IsAccelerated)
        {
            Numbers<T, TLayer>(ref w, inputs, ref transposed, stride);
            return;
        }

        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        int wholeInputs = inputs / line * line;
        Blocks<T, TLayer>(ref w, wholeInputs, ref transposed, stride);
        Edge<T, TLayer>(ref w, wholeInputs, inputs, ref transposed, stride);
    }

    /// <summary>Rows of the copy that there must be room for: the last ones, of outputs that the layer has not, take padding of W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rows<TLayer>()
        where TLayer : struct, IDenseLayer => (TLayer.Outputs + MostSide - 1) / MostSide * MostSide;

    // A line of inputs by a line of outputs at a time, one line of W after the other: rows of W may lie so that few of them fit the L1 cache
    // together, and are read across while they do.
    [MethodImpl(KernelMethod.Alone)]
    private static void Blocks<T, TLayer>(ref T w, int inputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int side = Square.Side<T>();
        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        for (int input = 0; input < inputs; input += line)
        {
            for (int output = 0; output < TLayer.Outputs; output += line)
            {
                for (int i = input; i < input + line; i += side)
                {
                    for (int o = output; o < Math.Min(output + line, TLayer.Outputs); o += side)
                    {
                        Square.Transpose(
                            ref Unsafe.Add(ref w, ((nint)i * TLayer.WeightStride) + o),
                            TLayer.WeightStride,
                            ref Unsafe.Add(ref transposed, ((nint)o * stride) + i),
                            stride);
                    }
                }
            }
        }
    }

    // The last inputs, which do not fill a line, and the padding that follows them: squares of fewer rows.
    [MethodImpl(KernelMethod.Alone)]
    private static void Edge<T, TLayer>(ref T w, int first, int inputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int side = Square.Side<T>();
        for (int i = first; i < stride; i += side)
        {
            int rows = Math.Clamp(inputs - i, 0, side);
            for (int output = 0; output < TLayer.Outputs; output += side)
            {
                Square.TransposeFirst(
                    ref Unsafe.Add(ref w, ((nint)i * TLayer.WeightStride) + output),
                    TLayer.WeightStride,
                    rows,
                    ref Unsafe.Add(ref transposed, ((nint)output * stride) + i),
                    stride);
            }
        }
    }

    private static void Numbers<T, TLayer>(ref T w, int inputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        for (int output = 0; output < TLayer.Outputs; output++)
        {
            for (int i = 0; i < stride; i++)
            {
                Unsafe.Add(ref transposed, ((nint)output * stride) + i) =
                    i < inputs ? Unsafe.Add(ref w, ((nint)i * TLayer.WeightStride) + output) : T.Zero;
            }
        }
    }
}
