using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) of columns that fill one vector and at most half of the next, for the step of a small network.</summary>
/// <remarks>
/// A tile is up to 10 rows: c0 ... c9 are the sums of whole vectors, and two rows share one of h0 ... h4 for the columns that are left, one row its low
/// half and the next its high half. Both go through the epilogue together. Nothing is checked, and all comes in registers. Every number is summed in
/// the order of k, whatever tile it falls into: the bits are those of a <see cref="BroadcastProduct{T, TShape, TEpilogue}"/>.
/// </remarks>
internal static class HalfTwinProduct<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>True if C is two vectors wide, and the second at most half full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TShape.Columns <= 2 * TOps.Count && TileShape.HasHalfTail(TShape.Columns, TOps.Count, TOps.Count * Unsafe.SizeOf<T>());

    /// <summary>The product.</summary>
    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="aside">The biases, or what the epilogue reads beside the sums, laid out like C; a null reference for neither.</param>
    /// <param name="c">C, rows padded to whole vectors.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    public static void Run<TOps, TVector>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int left = TShape.Rows(m);
        int tallest = TileShape.HalfTailRows(2, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        while (left > 0)
        {
            int height = TileShape.NextPairs(left, tallest);
            Rows<TOps, TVector>(height, ref p, ref q, ref aside, ref c, scale, m);
            p = ref Unsafe.Add(ref p, height * TShape.PRowStride);
            c = ref Unsafe.Add(ref c, height * TShape.CStride);
            aside = ref TEpilogue.ReadsOther ? ref Unsafe.Add(ref aside, height * TShape.CStride) : ref aside;
            left -= height;
        }
    }

    private static void Rows<TOps, TVector>(int height, ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (height)
        {
            case 10:
                Tile<TOps, TVector, Ten>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 9:
                Tile<TOps, TVector, Nine>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 8:
                Tile<TOps, TVector, Eight>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 7:
                Tile<TOps, TVector, Seven>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 6:
                Tile<TOps, TVector, Six>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 5:
                Tile<TOps, TVector, Five>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 4:
                Tile<TOps, TVector, Four>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 3:
                Tile<TOps, TVector, Three>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 2:
                Tile<TOps, TVector, Two>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            default:
                Tile<TOps, TVector, One>(ref p, ref q, ref aside, ref c, scale, m);
                break;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private static void Tile<TOps, TVector, TRows>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        int terms = TShape.Terms(m);
        TVector c0 = TEpilogue.HasBias ? TOps.Load(ref aside) : TOps.Zero;
        TVector c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0;
        TVector h0 = TEpilogue.HasBias ? HalfVectors.LoadTwice<TVector, T>(ref Unsafe.Add(ref aside, TOps.Count)) : TOps.Zero;
        TVector h1 = h0, h2 = h0, h3 = h0, h4 = h0;
        for (int k = 0; k < terms; k++)
        {
            TVector q0 = TOps.Load(ref q), half = HalfVectors.LoadTwice<TVector, T>(ref Unsafe.Add(ref q, TOps.Count));
            Add<TOps, TVector, TRows, One>(ref p, q0, half, ref c0, ref c1, ref h0);
            Add<TOps, TVector, TRows, Three>(ref p, q0, half, ref c2, ref c3, ref h1);
            Add<TOps, TVector, TRows, Five>(ref p, q0, half, ref c4, ref c5, ref h2);
            Add<TOps, TVector, TRows, Seven>(ref p, q0, half, ref c6, ref c7, ref h3);
            Add<TOps, TVector, TRows, Nine>(ref p, q0, half, ref c8, ref c9, ref h4);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        TVector inside = HalfVectors.Inside<TOps, TVector, T>(TShape.Columns % TOps.Count);
        Finish<TOps, TVector, TRows, One>(c0, c1, h0, inside, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Three>(c2, c3, h1, inside, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Five>(c4, c5, h2, inside, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Seven>(c6, c7, h3, inside, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Nine>(c8, c9, h4, inside, ref aside, ref c, scale);
    }

    // A row by its number and the next, if the tile has them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TOps, TVector, TRows, TNumber>(ref T p, TVector q0, TVector half, ref TVector sum, ref TVector nextSum, ref TVector halves)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TRows.Value < TNumber.Value)
        {
            return;
        }

        TVector low = TOps.Broadcast(Unsafe.Add(ref p, (TNumber.Value - 1) * TShape.PRowStride));
        sum = TOps.MultiplyAdd(low, q0, sum);
        if (TRows.Value > TNumber.Value)
        {
            TVector high = TOps.Broadcast(Unsafe.Add(ref p, TNumber.Value * TShape.PRowStride));
            nextSum = TOps.MultiplyAdd(high, q0, nextSum);
            low = HalfVectors.Pair<TVector, T>(low, high);
        }

        halves = TOps.MultiplyAdd(low, half, halves);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector, TRows, TNumber>(
        TVector sum, TVector nextSum, TVector halves, TVector inside, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TRows.Value < TNumber.Value)
        {
            return;
        }

        int at = (TNumber.Value - 1) * TShape.CStride;
        int next = TRows.Value > TNumber.Value ? at + TShape.CStride : at;
        TileEnd<T, TShape, TEpilogue>.Vector<TOps, TVector>(sum, at, ref aside, ref c, scale, isLast: false);
        if (next != at)
        {
            TileEnd<T, TShape, TEpilogue>.Vector<TOps, TVector>(nextSum, next, ref aside, ref c, scale, isLast: false);
        }

        TileEnd<T, TShape, TEpilogue>.Halves<TOps, TVector>(halves, at + TOps.Count, next + TOps.Count, inside, ref aside, ref c, scale);
    }
}
