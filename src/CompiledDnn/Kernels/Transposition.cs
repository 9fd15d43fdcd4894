using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Copies rows of W of a layer with lanes across outputs so that there is a row for each output, for a backward product without sums over lanes.</summary>
/// <remarks>
/// In blocks that fill a cache line on both sides, each made of squares of one vector's lanes: a square is read into registers, transposed
/// there and written. What is left at the edges is copied number by number.
/// </remarks>
internal static class Transposition
{
    /// <summary>Copies some rows of W.</summary>
    /// <param name="w">The first of them, rows of the layer's weight stride, one for each input.</param>
    /// <param name="inputs">How many.</param>
    /// <param name="transposed">A row for each output; overwritten, padding with zeros.</param>
    /// <param name="stride">From one row of the copy to the next, <paramref name="inputs"/> or more.</param>
    public static void Run<T, TLayer>(ref T w, int inputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        int wholeInputs = inputs / line * line;
        int wholeOutputs = Square.IsAccelerated ? TLayer.Outputs / Square.Side<T>() * Square.Side<T>() : 0;
        Blocks<T, TLayer>(ref w, wholeInputs, wholeOutputs, ref transposed, stride);

        // Whole lines of inputs for the last outputs, then the last inputs with the padding that follows them.
        Numbers<T, TLayer>(ref w, inputs, ref transposed, stride, 0, wholeInputs, wholeOutputs);
        Numbers<T, TLayer>(ref w, inputs, ref transposed, stride, wholeInputs, stride, 0);
    }

    // A line of inputs at a time: its rows of W stay in the L1 cache while they are read across, and whole lines are written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<T, TLayer>(ref T w, int inputs, int outputs, ref T transposed, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int side = Square.Side<T>();
        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        for (int input = 0; input < inputs; input += line)
        {
            for (int output = 0; output < outputs; output += side)
            {
                for (int i = input; i < input + line; i += side)
                {
                    Square.Transpose(
                        ref Unsafe.Add(ref w, ((nint)i * TLayer.WeightStride) + output),
                        TLayer.WeightStride,
                        ref Unsafe.Add(ref transposed, ((nint)output * stride) + i),
                        stride);
                }
            }
        }
    }

    private static void Numbers<T, TLayer>(ref T w, int inputs, ref T transposed, int stride, int firstInput, int endInput, int firstOutput)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        for (int output = firstOutput; output < TLayer.Outputs; output++)
        {
            for (int i = firstInput; i < endInput; i++)
            {
                Unsafe.Add(ref transposed, ((nint)output * stride) + i) =
                    i < inputs ? Unsafe.Add(ref w, ((nint)i * TLayer.WeightStride) + output) : T.Zero;
            }
        }
    }
}
