using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>The gradient of one layer: DW = DZ A[l−1]ᵀ / m, DB = Σ DZ / m.</summary>
/// <remarks>
/// In each method x is A[l−1], m rows; dz is DZ, m rows; dw and db are overwritten; their padding, zero before, stays zero. A share
/// has the weights of some of the inputs, and the first share the biases: whatever their number, each weight's gradient is summed in one order.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseGradient
{
    // What a chunk's rows of A[l−1] and DZ take, and at most the gradient itself, which every chunk reads and writes: an L1 cache or little more.
    private const int ChunkBytes = 32 * 1024;

    // Fewer examples would leave too little work between the beginning and the end of a tile.
    private const int FewestInChunk = 64;

    /// <summary>
    /// A layer with lanes across outputs: a row of DW for each input. Examples of a small layer go in chunks, which follow from
    /// the shape alone, so that they are read from memory once and not once for each tile of DW.
    /// </summary>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        T scale = OneOver<T>(m);
        int chunk = Chunk<T, TLayer>();
        if (m <= chunk)
        {
            Lanes<T, TLayer, MeanEpilogue<T>>(x, dz, dw, db, scale, m, share);
            return;
        }

        Check<T, TLayer>(x, dz, dw, TLayer.Inputs, db, m);
        Lanes<T, TLayer, PlainEpilogue<T>>(x, dz, dw, db, scale, chunk, share);
        int first = chunk;
        for (; first + chunk < m; first += chunk)
        {
            Lanes<T, TLayer, AddEpilogue<T>>(x[(first * TLayer.InputRowStride)..], dz[(first * TLayer.RowStride)..], dw, db, scale, chunk, share);
        }

        Lanes<T, TLayer, AddMeanEpilogue<T>>(x[(first * TLayer.InputRowStride)..], dz[(first * TLayer.RowStride)..], dw, db, scale, m - first, share);
    }

    /// <summary>A layer of dot products: a row of DW for each output.</summary>
    public static void Dot<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        Dot<T, TLayer, MeanEpilogue<T>>(x, dz, dw, db, OneOver<T>(m), m, share);

    /// <summary>Lanes across outputs, W −= learningRate · DW and b −= learningRate · DB straight from the registers that hold the gradient.</summary>
    public static void DescendLanes<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T learningRate, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        Lanes<T, TLayer, DescendEpilogue<T>>(x, dz, w, b, -learningRate / T.CreateTruncating(m), m, share);

    /// <summary>Dot products, W −= learningRate · DW and b −= learningRate · DB straight from the registers that hold the gradient.</summary>
    public static void DescendDot<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T learningRate, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        Dot<T, TLayer, DescendEpilogue<T>>(x, dz, w, b, -learningRate / T.CreateTruncating(m), m, share);

    /// <summary>
    /// Lanes across outputs: the gradient in blocks of rows, each handed to <paramref name="update"/> with its weights as soon as it is there.
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
    public static void UpdateLanes<T, TLayer>(
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
        int length = TLayer.Inputs * TLayer.WeightStride;
        Span<T> dw = gradients.Slice(weightOffset, length), w = parameters.Slice(weightOffset, length);
        Span<T> db = gradients.Slice(biasOffset, KernelGuard.WholeLines<T>(TLayer.Outputs));
        Check<T, TLayer>(x, dz, dw, TLayer.Inputs, db, m);
        int rows = GradientBlocks.Rows<T, TLayer>();
        (int row, int count) = share.Of(TLayer.Inputs, rows);
        int end = row + count;
        for (; row < end; row += rows)
        {
            Block<T, TLayer>(x[row..], dz, dw, w, row, Math.Min(rows, end - row), weightOffset, update, m);
        }

        if (share.IsFirst)
        {
            Biases<T, TLayer, MeanEpilogue<T>>(dz, db, OneOver<T>(m), m);
            update.Apply(biasOffset, parameters.Slice(biasOffset, db.Length), db);
        }
    }

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

    private static T OneOver<T>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / T.CreateTruncating(m);

    private static void Block<T, TLayer>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> w, int row, int rows, int weightOffset, IParameterUpdate<T> update, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        int at = row * TLayer.WeightStride, length = rows * TLayer.WeightStride;
        Span<T> gradients = dw.Slice(at, length);
        Broadcast<T, TLayer, MeanEpilogue<T>>(in First(x), in First(dz), ref MemoryMarshal.GetReference(gradients), OneOver<T>(m), m, rows);
        update.Apply(weightOffset + at, w.Slice(at, length), gradients);
    }

    private static void Lanes<T, TLayer, TEpilogue>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T scale, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
    {
        Check<T, TLayer>(x, dz, w, TLayer.Inputs, b, m);
        (int input, int inputs) = share.Of(TLayer.Inputs, InputHalves.LanesMultiple);
        Broadcast<T, TLayer, TEpilogue>(
            in Unsafe.Add(ref MemoryMarshal.GetReference(x), input),
            in First(dz),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(w), (nint)input * TLayer.WeightStride),
            scale,
            m,
            inputs);
        if (share.IsFirst)
        {
            Biases<T, TLayer, TEpilogue>(dz, b, scale, m);
        }
    }

    // Rows of the gradient. Few examples have a kernel of their own.
    private static void Broadcast<T, TLayer, TEpilogue>(ref readonly T x, ref readonly T dz, ref T w, T scale, int m, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
    {
        if (m <= FewTermsProduct<T, GradientLanes<TLayer>, TEpilogue>.MostTerms)
        {
            VectorDispatch.Run<T, FewTermsProduct<T, GradientLanes<TLayer>, TEpilogue>>(new(in x, in dz, ref w, scale, m, rows));

            // Nothing is left to be done: the memory that more examples need is taken whatever the batch, where there is such.
            rows = 0;
        }

        if (rows > 0 || BroadcastProduct<T, GradientLanes<TLayer>, TEpilogue>.KeepsMemory)
        {
            int most = BroadcastProduct<T, GradientLanes<TLayer>, TEpilogue>.RowsAtOnce(rows, m);
            int row = 0;
            do
            {
                int count = Math.Min(most, rows - row);
                VectorDispatch.Run<T, BroadcastProduct<T, GradientLanes<TLayer>, TEpilogue>>(
                    new(
                        in Unsafe.Add(ref Unsafe.AsRef(in x), row),
                        in dz,
                        in Unsafe.NullRef<T>(),
                        ref Unsafe.NullRef<T>(),
                        ref Unsafe.Add(ref w, (nint)row * TLayer.WeightStride),
                        scale,
                        m,
                        count));
                row += count;
            }
            while (row < rows);
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

    private static void Biases<T, TLayer, TEpilogue>(ReadOnlySpan<T> dz, Span<T> b, T scale, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T> =>
        VectorDispatch.Run<T, ColumnSums<T, TLayer, TEpilogue>>(new(in First(dz), ref MemoryMarshal.GetReference(b), scale, m));

    private static int Chunk<T, TLayer>()
        where T : unmanaged
        where TLayer : struct, IDenseLayer =>
        (long)TLayer.Inputs * TLayer.WeightStride * Unsafe.SizeOf<T>() <= ChunkBytes
            ? Math.Max(FewestInChunk, ChunkBytes / ((TLayer.InputRowStride + TLayer.RowStride) * Unsafe.SizeOf<T>()))
            : int.MaxValue;

    private static void Check<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, int weightRows, Span<T> db, int m)
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(x.Length, m, TLayer.InputRowStride, nameof(x));
        KernelGuard.Rows(dz.Length, m, TLayer.RowStride, nameof(dz));
        KernelGuard.Rows(dw.Length, weightRows, TLayer.WeightStride, nameof(dw));
        KernelGuard.Rows(db.Length, 1, KernelGuard.WholeLines<T>(TLayer.Outputs), nameof(db));
    }

    private static ref readonly T First<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);
}
