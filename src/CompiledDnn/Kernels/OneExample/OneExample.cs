using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>Predicts one example: the layers one after the other in one method, a row of activations at a time on the stack.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OneExample
{
    // With more layers the JIT stops inlining somewhere in the middle of a product, which costs far more than calls.
    private const int MostInlined = 3;

    /// <summary>Predicts one example. Allocates nothing.</summary>
    /// <param name="p">The weights and biases.</param>
    /// <param name="x">The inputs of one example.</param>
    /// <param name="outputs">Its outputs; overwritten.</param>
    /// <exception cref="ArgumentException">A span or the parameters are too short.</exception>
    [SkipLocalsInit]
    [MethodImpl(KernelMethod.Alone)]
    public static unsafe void Run<T, TChain>(ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TChain : struct, ILayerChain<T>
    {
        KernelGuard.Rows(x.Length, 1, TChain.Inputs, nameof(x));
        KernelGuard.Rows(outputs.Length, 1, TChain.Outputs, nameof(outputs));
        KernelGuard.Rows(p.Length, 1, TChain.ParameterLength, nameof(p));

        // Rows begin on cache lines: a vector stored across two is not forwarded to the loads that follow.
        byte* stack = stackalloc byte[(TChain.ScratchLength * sizeof(T)) + AlignedBlock<T>.Alignment];
        nuint line = ((nuint)stack + AlignedBlock<T>.Alignment - 1) & ~(nuint)(AlignedBlock<T>.Alignment - 1);
        ref T scratch = ref Unsafe.AsRef<T>((void*)line);
        ref T input = ref MemoryMarshal.GetReference(x);
        ref T output = ref MemoryMarshal.GetReference(outputs);

        // Not through VectorDispatch: all of it is one method, so that nothing is passed through memory and small layers are inlined.
        if (Vector512.IsHardwareAccelerated)
        {
            TChain.Run<Vector512Ops<T>, Vector512<T>>(in input, in p.First, ref output, ref scratch, TChain.Layers <= MostInlined);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            TChain.Run<Vector256Ops<T>, Vector256<T>>(in input, in p.First, ref output, ref scratch, TChain.Layers <= MostInlined);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TChain.Run<Vector128Ops<T>, Vector128<T>>(in input, in p.First, ref output, ref scratch, TChain.Layers <= MostInlined);
        }
        else
        {
            TChain.Run<ScalarOps<T>, T>(in input, in p.First, ref output, ref scratch, TChain.Layers <= MostInlined);
        }
    }
}
