using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Forward propagation of a first layer with many weights in two phases. A share of the first has examples of one half of the inputs, so that
/// a thread reads the inputs whose weights it has changed itself; a share of the second has examples.
/// </summary>
/// <remarks>
/// Each number is worked out as <see cref="DenseForward"/> does: the sum over the first half with the bias, then that over the second half. With
/// examples alone as shares, every thread would read all weights, half of which another has just written, and the gradient, whose shares
/// are inputs, would read every example's.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HalvedForward
{
    /// <summary>The sums of a share, of a layer with lanes across outputs.</summary>
    /// <param name="x">X, m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Takes the sums over the first half of the inputs and the bias, m rows; empty where Z is not kept.</param>
    /// <param name="a">Takes them where <paramref name="z"/> is empty, m rows.</param>
    /// <param name="rest">Takes the sums over the second half, m rows.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="share">Which sums: those over the first half for all examples, then those over the second half.</param>
    public static void Lanes<T, TLayer>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, Span<T> rest, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> sums = z.IsEmpty ? a : z;
        Check<T, TLayer>(x, w, TLayer.Inputs, b, sums, rest, m);
        ((int first, int count), (int firstOfRest, int countOfRest)) = Examples(m, share);
        if (count > 0)
        {
            LanesProduct<T, TLayer>.FirstHalf(
                in Row(x, first, TLayer.InputRowStride),
                in MemoryMarshal.GetReference(w),
                in MemoryMarshal.GetReference(b),
                ref Row(sums, first, TLayer.RowStride),
                count);
        }

        if (countOfRest > 0)
        {
            LanesProduct<T, TLayer>.SecondHalf(
                in Row(x, firstOfRest, TLayer.InputRowStride),
                in MemoryMarshal.GetReference(w),
                ref Row(rest, firstOfRest, TLayer.RowStride),
                countOfRest);
        }
    }

    /// <summary>The same of a layer of dot products; <paramref name="w"/> has a row for each output.</summary>
    public static void Dot<T, TLayer>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, Span<T> rest, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> sums = z.IsEmpty ? a : z;
        Check<T, TLayer>(x, w, TLayer.Outputs, b, sums, rest, m);
        ((int first, int count), (int firstOfRest, int countOfRest)) = Examples(m, share);
        if (count > 0)
        {
            VectorDispatch.Run<T, DotProduct<T, Forward<TLayer>>>(DotProduct<T, Forward<TLayer>>.FirstHalf(
                in Row(x, first, TLayer.InputRowStride),
                in MemoryMarshal.GetReference(w),
                in MemoryMarshal.GetReference(b),
                ref Row(sums, first, TLayer.RowStride),
                count));
        }

        if (countOfRest > 0)
        {
            VectorDispatch.Run<T, DotProduct<T, Forward<TLayer>>>(DotProduct<T, Forward<TLayer>>.SecondHalf(
                in Row(x, firstOfRest, TLayer.InputRowStride),
                in MemoryMarshal.GetReference(w),
                ref Row(rest, firstOfRest, TLayer.RowStride),
                countOfRest));
        }
    }

    /// <summary>Z as the sum of both halves and A = g(Z), for some examples.</summary>
    /// <param name="z">The sums over the first half and the bias; takes Z; empty where Z is not kept.</param>
    /// <param name="a">The same where <paramref name="z"/> is empty; takes A.</param>
    /// <param name="rest">The sums over the second half.</param>
    /// <param name="m">How many examples.</param>
    public static void Activate<T, TLayer, TActivation>(Span<T> z, Span<T> a, ReadOnlySpan<T> rest, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IActivation<T>
    {
        KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        KernelGuard.Rows(rest.Length, m, TLayer.RowStride, nameof(rest));
        ref T outputs = ref MemoryMarshal.GetReference(a);
        ref T second = ref MemoryMarshal.GetReference(rest);
        if (z.IsEmpty)
        {
            VectorDispatch.Run<T, RowMap<T, TLayer, AddFinishOperation<T, ActivationEpilogue<T, TActivation>>>>(new(in outputs, in second, ref outputs, m));
            return;
        }

        KernelGuard.Rows(z.Length, m, TLayer.RowStride, nameof(z));
        ref T logits = ref MemoryMarshal.GetReference(z);
        VectorDispatch.Run<T, RowMap<T, TLayer, AddFinishOperation<T, BiasEpilogue<T>>>>(new(in logits, in second, ref logits, m));
        VectorDispatch.Run<T, RowMap<T, TLayer, ActivateOperation<T, TActivation>>>(new(in logits, in logits, ref outputs, m));
    }

    // The examples of a share: of the first half of the inputs, and of the second.
    private static ((int First, int Count) FirstHalf, (int First, int Count) SecondHalf) Examples(int m, Share share)
    {
        (int first, int count) = share.Of(2 * m, 1);
        int end = first + count, inSecond = Math.Max(first, m);
        return ((first, Math.Max(0, Math.Min(end, m) - first)), (inSecond - m, Math.Max(0, end - inSecond)));
    }

    private static ref T Row<T>(ReadOnlySpan<T> rows, int row, int stride) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), (nint)row * stride);

    private static void Check<T, TLayer>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> w, int weightRows, ReadOnlySpan<T> b, ReadOnlySpan<T> sums, ReadOnlySpan<T> rest, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(x.Length, m, TLayer.InputRowStride, nameof(x));
        KernelGuard.Rows(w.Length, weightRows, TLayer.WeightStride, nameof(w));
        KernelGuard.Rows(b.Length, 1, KernelGuard.WholeLines<T>(TLayer.Outputs), nameof(b));
        KernelGuard.Rows(sums.Length, m, TLayer.RowStride, nameof(sums));
        KernelGuard.Rows(rest.Length, m, TLayer.RowStride, nameof(rest));
    }
}
