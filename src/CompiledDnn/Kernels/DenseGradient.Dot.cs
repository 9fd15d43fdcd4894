using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <content>Layers of dot products: a row of DW for each output.</content>
public static partial class DenseGradient
{
    /// <summary>A layer of dot products: a row of DW for each output.</summary>
    public static void Dot<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        Dot<T, TLayer, MeanEpilogue<T>>(x, dz, dw, db, OneOver<T>(m), m, share);

    /// <summary>Dot products, W −= learningRate · DW and b −= learningRate · DB straight from the registers that hold the gradient.</summary>
    public static void DescendDot<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T learningRate, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        Dot<T, TLayer, DescendEpilogue<T>>(x, dz, w, b, -learningRate / T.CreateTruncating(m), m, share);

    /// <summary>
    /// Dot products: the gradient of all outputs, since the rows of a wide layer are made together, then handed to <paramref name="update"/>
    /// piece by piece.
    /// </summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="dz">DZ, m rows.</param>
    /// <param name="parameters">The whole parameter block; the layer's weights and biases are updated.</param>
    /// <param name="gradients">The whole gradient block; the layer's DW and DB are overwritten.</param>
    /// <param name="weightOffset">Where W begins in both blocks.</param>
    /// <param name="biasOffset">Where b begins in both blocks.</param>
    /// <param name="update">What changes the weights.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="share">Which inputs' weights; the first share has the biases too.</param>
    public static void UpdateDot<T, TLayer>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> dz,
        Span<T> parameters,
        Span<T> gradients,
        int weightOffset,
        int biasOffset,
        IParameterUpdate<T> update,
        int m,
        Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> dw = gradients.Slice(weightOffset, TLayer.Outputs * TLayer.WeightStride);
        Span<T> db = gradients.Slice(biasOffset, KernelGuard.WholeLines<T>(TLayer.Outputs));
        Dot<T, TLayer>(x, dz, dw, db, m, share);
        (int first, int count) = OuterProduct<T, GradientDot<TLayer>, MeanEpilogue<T>>.Columns(share);
        int end = first + count == TLayer.Inputs ? TLayer.WeightStride : first + count;
        for (int row = 0; row < TLayer.Outputs; row++)
        {
            for (int column = first; column < end; column += GradientBlocks.PieceLength<T>())
            {
                int at = (row * TLayer.WeightStride) + column;
                int length = Math.Min(GradientBlocks.PieceLength<T>(), end - column);
                update.Apply(weightOffset + at, parameters.Slice(weightOffset + at, length), dw.Slice(at, length));
            }
        }

        if (share.IsFirst)
        {
            update.Apply(biasOffset, parameters.Slice(biasOffset, db.Length), db);
        }
    }

    private static void Dot<T, TLayer, TEpilogue>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T scale, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
    {
        Check<T, TLayer>(x, dz, w, TLayer.Outputs, b, m);
        if (TLayer.Outputs == 1)
        {
            VectorDispatch.Run<T, OneRowProduct<T, GradientDot<TLayer>, TEpilogue>>(
                new(
                    in First(dz),
                    in First(x),
                    ref MemoryMarshal.GetReference(w),
                    scale,
                    m,
                    OuterProduct<T, GradientDot<TLayer>, TEpilogue>.Columns(share)));
        }
        else
        {
            VectorDispatch.Run<T, OuterProduct<T, GradientDot<TLayer>, TEpilogue>>(
                new(in First(dz), in First(x), ref MemoryMarshal.GetReference(w), scale, m, share));
        }

        if (share.IsFirst)
        {
            Biases<T, TLayer, TEpilogue>(dz, b, scale, m);
        }
    }
}
