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
public static partial class DenseGradient
{
    /// <summary>
    /// A layer with lanes across outputs: a row of DW for each input. Examples go in chunks, so that they are read from memory
    /// once and not once for each tile of DW.
    /// </summary>
    public static void Lanes<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, dz, dw, TLayer.Inputs, db, m);
        (int input, int inputs) = share.Of(TLayer.Inputs, InputHalves.LanesMultiple);
        Chunks<T, TLayer>(x, dz, dw, db, m, new(input, inputs, share.IsFirst));
    }

    /// <summary>Lanes across outputs, W −= learningRate · DW and b −= learningRate · DB straight from the registers that hold the gradient.</summary>
    public static void DescendLanes<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T learningRate, int m, Share share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Check<T, TLayer>(x, dz, w, TLayer.Inputs, b, m);
        (int input, int inputs) = share.Of(TLayer.Inputs, InputHalves.LanesMultiple);
        T scale = -learningRate / T.CreateTruncating(m);
        int chunk = GradientChunks.Examples(m);
        for (int first = 0; first < m; first += chunk)
        {
            Chunk<T, TLayer, DescendEpilogue<T>>(x, dz, w, b, scale, first, Math.Min(chunk, m - first), new(input, inputs, share.IsFirst));
        }
    }

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
        int numbers = TLayer.Inputs * TLayer.WeightStride;
        Span<T> dw = gradients.Slice(weightOffset, numbers), w = parameters.Slice(weightOffset, numbers);
        Span<T> db = gradients.Slice(biasOffset, KernelGuard.WholeLines<T>(TLayer.Outputs));
        Check<T, TLayer>(x, dz, dw, TLayer.Inputs, db, m);
        int rows = GradientBlocks.Rows<T, TLayer>();
        (int row, int count) = share.Of(TLayer.Inputs, rows);
        int end = row + count;

        // Of so many examples, every block would read all again from where they lie.
        bool isInChunks = m > GradientChunks.Examples(m);
        if (isInChunks)
        {
            Chunks<T, TLayer>(x, dz, dw, db, m, new(row, count, share.IsFirst));
        }

        for (; row < end; row += rows)
        {
            int inputs = Math.Min(rows, end - row), at = row * TLayer.WeightStride, length = inputs * TLayer.WeightStride;
            if (!isInChunks)
            {
                Chunk<T, TLayer, MeanEpilogue<T>>(x, dz, dw, db, OneOver<T>(m), 0, m, new(row, inputs, HasBiases: false));
            }

            update.Apply(weightOffset + at, w.Slice(at, length), dw.Slice(at, length));
        }

        if (share.IsFirst)
        {
            if (!isInChunks)
            {
                Biases<T, TLayer, MeanEpilogue<T>>(dz, db, OneOver<T>(m), m);
            }

            update.Apply(biasOffset, parameters.Slice(biasOffset, db.Length), db);
        }
    }

    private static T OneOver<T>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / T.CreateTruncating(m);

    // All examples, chunk after chunk added up in memory.
    private static void Chunks<T, TLayer>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Part part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        T scale = OneOver<T>(m);
        int chunk = GradientChunks.Examples<T, TLayer>(m);
        if (m <= chunk)
        {
            Chunk<T, TLayer, MeanEpilogue<T>>(x, dz, dw, db, scale, 0, m, part);
            return;
        }

        Chunk<T, TLayer, PlainEpilogue<T>>(x, dz, dw, db, scale, 0, chunk, part);
        int first = chunk;
        for (; first + chunk < m; first += chunk)
        {
            Chunk<T, TLayer, AddEpilogue<T>>(x, dz, dw, db, scale, first, chunk, part);
        }

        Chunk<T, TLayer, AddMeanEpilogue<T>>(x, dz, dw, db, scale, first, m - first, part);
    }

    private static void Chunk<T, TLayer, TEpilogue>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T scale, int first, int count, Part part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
    {
        ReadOnlySpan<T> rows = dz[(first * TLayer.RowStride)..];
        Broadcast<T, TLayer, TEpilogue>(
            in Unsafe.Add(ref MemoryMarshal.GetReference(x), ((nint)first * TLayer.InputRowStride) + part.Input),
            in First(rows),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(w), (nint)part.Input * TLayer.WeightStride),
            scale,
            count,
            part.Inputs);
        if (part.HasBiases)
        {
            Biases<T, TLayer, TEpilogue>(rows, b, scale, count);
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
                        count,
                        m));
                row += count;
            }
            while (row < rows);
        }
    }

    private static void Biases<T, TLayer, TEpilogue>(ReadOnlySpan<T> dz, Span<T> b, T scale, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T> =>
        VectorDispatch.Run<T, ColumnSums<T, TLayer, TEpilogue>>(new(in First(dz), ref MemoryMarshal.GetReference(b), scale, m));

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

    // The weights of so many inputs from one on, and the biases or not.
    private readonly record struct Part(int Input, int Inputs, bool HasBiases);
}
