using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Copies W of a layer with lanes across outputs so that it has a row for each output, for a backward product without sums over lanes.</summary>
internal static class Transposition
{
    // Rows of the source that are read side by side: one line of the destination is filled at a time.
    private const int Block = 16;

    /// <summary>Copies W.</summary>
    /// <param name="w">A row for each input, of the layer's weight stride.</param>
    /// <param name="transposed">A row for each output, of the stride of DA[l−1]; overwritten, padding with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TLayer>(ReadOnlySpan<T> w, Span<T> transposed)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(w.Length, TLayer.Inputs, TLayer.WeightStride, nameof(w));
        KernelGuard.Rows(transposed.Length, TLayer.Outputs, TLayer.InputGradientRowStride, nameof(transposed));
        ref T from = ref MemoryMarshal.GetReference(w);
        ref T to = ref MemoryMarshal.GetReference(transposed);
        int input = 0;
        for (; input + Block <= TLayer.Inputs; input += Block)
        {
            for (int output = 0; output < TLayer.Outputs; output++)
            {
                ref T source = ref Unsafe.Add(ref from, ((nint)input * TLayer.WeightStride) + output);
                ref T line = ref Unsafe.Add(ref to, ((nint)output * TLayer.InputGradientRowStride) + input);
                for (int i = 0; i < Block; i++)
                {
                    Unsafe.Add(ref line, i) = Unsafe.Add(ref source, i * TLayer.WeightStride);
                }
            }
        }

        for (int output = 0; output < TLayer.Outputs; output++)
        {
            for (int i = input; i < TLayer.InputGradientRowStride; i++)
            {
                Unsafe.Add(ref to, ((nint)output * TLayer.InputGradientRowStride) + i) =
                    i < TLayer.Inputs ? Unsafe.Add(ref from, ((nint)i * TLayer.WeightStride) + output) : default;
            }
        }
    }
}
