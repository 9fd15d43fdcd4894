using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Z = A[l−1] W + b of a layer with lanes across outputs: as one sum over the inputs, or as one over each half of them
/// (<see cref="InputHalves"/>). A few examples have a kernel of their own.
/// </summary>
/// <remarks>
/// The sums of more than <see cref="MostTerms"/> inputs are made in parts of equal size, one after the other for the same rows: part by part, what
/// tiles read of A[l−1] and W stays in the L2 cache. How a sum is divided follows from the layer alone, and so do its bits.
/// </remarks>
internal static class LanesProduct<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Inputs of a part at most. A panel of W of so many, four vectors wide, is 192 kB.</summary>
    public const int MostTerms = 768;

    /// <summary>Rows that are done with all parts before the next ones: enough of them to copy panels of W together for.</summary>
    public const int RowsAtOnce = 256;

    /// <summary>True if every Z is one sum over all inputs.</summary>
    public static bool IsOneSum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !TLayer.HalvesInputs && TLayer.Inputs <= MostTerms;
    }

    /// <summary>The whole product.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Where Z goes too, m rows; a null reference for nowhere, as always where it is not one sum.</param>
    /// <param name="a">Takes what the epilogue makes of Z, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void Run<TEpilogue>(ref readonly T x, ref readonly T w, ref readonly T b, ref T z, ref T a, int m)
        where TEpilogue : struct, IEpilogue<T>
    {
        if (IsOneSum)
        {
            Product<TEpilogue>(in x, in w, in b, ref z, ref a, m, TLayer.Inputs);
        }
        else if (TLayer.HalvesInputs)
        {
            Halves<TEpilogue>(in x, in w, in b, ref a, m);
        }
        else
        {
            Parts<BiasEpilogue<T>, RestEpilogue<T, TEpilogue>>(in x, in w, in b, ref a, m, TLayer.Inputs);
        }
    }

    /// <summary>The sums over the first half of the inputs, with the bias.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="sums">Takes the sums, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void FirstHalf(ref readonly T x, ref readonly T w, ref readonly T b, ref T sums, int m)
    {
        int terms = InputHalves.LanesBorder(TLayer.Inputs);
        if (terms <= MostTerms)
        {
            Product<BiasEpilogue<T>>(in x, in w, in b, ref Unsafe.NullRef<T>(), ref sums, m, terms);
        }
        else
        {
            Parts<BiasEpilogue<T>, AddEpilogue<T>>(in x, in w, in b, ref sums, m, terms);
        }
    }

    /// <summary>The sums over the second half of the inputs.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="sums">Takes the sums, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void SecondHalf(ref readonly T x, ref readonly T w, ref T sums, int m)
    {
        int border = InputHalves.LanesBorder(TLayer.Inputs), terms = TLayer.Inputs - border;
        ref T a = ref Unsafe.Add(ref Unsafe.AsRef(in x), border);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in w), (nint)border * TLayer.WeightStride);
        if (terms <= MostTerms)
        {
            Product<PlainEpilogue<T>>(in a, in q, in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref sums, m, terms);
        }
        else
        {
            Parts<PlainEpilogue<T>, AddEpilogue<T>>(in a, in q, in Unsafe.NullRef<T>(), ref sums, m, terms);
        }
    }

    // The sum over the second half on top of that over the first; where it has parts itself, these are added up beside it.
    private static void Halves<TEpilogue>(ref readonly T x, ref readonly T w, ref readonly T b, ref T c, int m)
        where TEpilogue : struct, IEpilogue<T>
    {
        int border = InputHalves.LanesBorder(TLayer.Inputs), terms = TLayer.Inputs - border;
        if (terms <= MostTerms)
        {
            FirstHalf(in x, in w, in b, ref c, m);
            Product<RestEpilogue<T, TEpilogue>>(
                in Unsafe.Add(ref Unsafe.AsRef(in x), border),
                in Unsafe.Add(ref Unsafe.AsRef(in w), (nint)border * TLayer.WeightStride),
                in Unsafe.NullRef<T>(),
                ref Unsafe.NullRef<T>(),
                ref c,
                m,
                terms);
            return;
        }

        // Taken whatever the batch, so that a larger one takes no more.
        ref T rest = ref MemoryMarshal.GetReference(KernelScratch<T>.Sums(RowsAtOnce * TLayer.RowStride));
        int rows = 0;
        for (int row = 0; row < m; row += rows)
        {
            rows = TileShape.NextRows(m - row, RowsAtOnce);
            ref T a = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)row * TLayer.InputRowStride);
            ref T sums = ref Unsafe.Add(ref c, (nint)row * TLayer.RowStride);
            FirstHalf(in a, in w, in b, ref sums, rows);
            SecondHalf(in a, in w, ref rest, rows);
            VectorDispatch.Run<T, RowMap<T, TLayer, AddFinishOperation<T, TEpilogue>>>(new(in sums, in rest, ref sums, rows));
        }
    }

    // Sums over so many inputs in parts.
    private static void Parts<TFirst, TLast>(ref readonly T x, ref readonly T w, ref readonly T b, ref T c, int m, int terms)
        where TFirst : struct, IEpilogue<T>
        where TLast : struct, IEpilogue<T>
    {
        int parts = (terms + MostTerms - 1) / MostTerms, most = (terms + parts - 1) / parts;
        int rows = 0;
        for (int row = 0; row < m; row += rows)
        {
            rows = TileShape.NextRows(m - row, RowsAtOnce);
            ref T a = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)row * TLayer.InputRowStride);
            ref T q = ref Unsafe.AsRef(in w);
            ref T sums = ref Unsafe.Add(ref c, (nint)row * TLayer.RowStride);
            Product<TFirst>(in a, in q, in b, ref Unsafe.NullRef<T>(), ref sums, rows, most);
            for (int left = terms - most; left > 0; left -= most)
            {
                a = ref Unsafe.Add(ref a, most);
                q = ref Unsafe.Add(ref q, (nint)most * TLayer.WeightStride);
                if (left > most)
                {
                    Product<AddEpilogue<T>>(in a, in q, in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref sums, rows, most);
                }
                else
                {
                    Product<TLast>(in a, in q, in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref sums, rows, left);
                }
            }
        }
    }

    private static void Product<TEpilogue>(ref readonly T x, ref readonly T w, ref readonly T b, ref T z, ref T a, int m, int terms)
        where TEpilogue : struct, IEpilogue<T>
    {
        int rows = m;
        if (m <= FewRowsProduct<T, Forward<TLayer>, TEpilogue>.MostRows)
        {
            VectorDispatch.Run<T, FewRowsProduct<T, Forward<TLayer>, TEpilogue>>(new(in x, in w, in b, ref z, ref a, m, terms));

            // Nothing is left to be done: the memory that more rows need is taken whatever the batch, where there is such.
            rows = 0;
        }

        if (rows > 0 || BroadcastProduct<T, Forward<TLayer>, TEpilogue>.KeepsMemory)
        {
            VectorDispatch.Run<T, BroadcastProduct<T, Forward<TLayer>, TEpilogue>>(new(in x, in w, in b, ref z, ref a, T.One, rows, terms));
        }
    }
}
