using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Copies W of a layer with lanes across outputs so that it has a row for each output, for a backward product without sums over lanes.</summary>
/// <remarks>
/// In square blocks that fill a cache line on both sides, each made of squares of one vector's lanes: a square is read into
/// registers, transposed there and written. What is left at the edges is copied number by number.
/// </remarks>
internal static class Transposition
{
    /// <summary>Copies W.</summary>
    /// <param name="w">A row for each input, of the layer's weight stride.</param>
    /// <param name="transposed">A row for each output, of the stride of DA[l−1]; overwritten, padding with zeros.</param>
    public static void Run<T, TLayer>(ReadOnlySpan<T> w, Span<T> transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(w.Length, TLayer.Inputs, TLayer.WeightStride, nameof(w));
        KernelGuard.Rows(transposed.Length, TLayer.Outputs, TLayer.InputGradientRowStride, nameof(transposed));
        ref T from = ref MemoryMarshal.GetReference(w);
        ref T to = ref MemoryMarshal.GetReference(transposed);
        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        int inputs = TLayer.Inputs / line * line;
        int outputs = Square.IsAccelerated ? TLayer.Outputs / Square.Side<T>() * Square.Side<T>() : 0;
        Blocks<T, TLayer>(ref from, ref to, inputs, outputs, line);

        // Whole lines of inputs for the last outputs, then the last inputs with the padding that follows them.
        Numbers<T, TLayer>(ref from, ref to, 0, inputs, outputs);
        Numbers<T, TLayer>(ref from, ref to, inputs, TLayer.InputGradientRowStride, 0);
    }

    // A line of inputs at a time: its rows of W stay in the L1 cache while they are read across, and whole lines are written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<T, TLayer>(ref T from, ref T to, int inputs, int outputs, int line)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int side = Square.Side<T>();
        for (int input = 0; input < inputs; input += line)
        {
            for (int output = 0; output < outputs; output += side)
            {
                for (int i = input; i < input + line; i += side)
                {
                    Square.Transpose(
                        ref Unsafe.Add(ref from, ((nint)i * TLayer.WeightStride) + output),
                        TLayer.WeightStride,
                        ref Unsafe.Add(ref to, ((nint)output * TLayer.InputGradientRowStride) + i),
                        TLayer.InputGradientRowStride);
                }
            }
        }
    }

    private static void Numbers<T, TLayer>(ref T from, ref T to, int firstInput, int endInput, int firstOutput)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        for (int output = firstOutput; output < TLayer.Outputs; output++)
        {
            for (int i = firstInput; i < endInput; i++)
            {
                Unsafe.Add(ref to, ((nint)output * TLayer.InputGradientRowStride) + i) =
                    i < TLayer.Inputs ? Unsafe.Add(ref from, ((nint)i * TLayer.WeightStride) + output) : T.Zero;
            }
        }
    }
}
