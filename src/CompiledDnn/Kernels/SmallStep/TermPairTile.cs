using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>A tile of no more columns than half a vector has lanes: two terms of a row of C in one multiply-add.</summary>
/// <remarks>
/// Two terms lie side by side in P and fill a vector with one load; two rows of Q are interleaved, unless they are already, so that lane 2j is the
/// first term's and column j's, lane 2j + 1 the second term's and the same column's. c0 ... c15 hold a row of C each: terms of even and of odd k are
/// summed apart and added at the end. That is another order than in the other kernels, but the same whatever tile a row falls into.
/// Nothing beyond the last term is read: an odd one by itself is broadcast.
/// </remarks>
internal readonly struct TermPairTile<T, TStrides, TEpilogue> : IPairedTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TStrides : struct, IProductStrides
    where TEpilogue : struct, IEpilogue<T>
{
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector, TRows>(ref T p, ref T q, ref T aside, ref T c, T scale, int terms, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        TVector c0 = TEpilogue.HasBias ? LanePairs.Interleave<TVector, T>(TOps.Load(ref aside), TOps.Zero) : TOps.Zero;
        TVector c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        TVector c8 = c0, c9 = c0, c10 = c0, c11 = c0, c12 = c0, c13 = c0, c14 = c0, c15 = c0;
        for (int k = 1; k < terms; k += 2)
        {
            TVector q0 = TStrides.QInPairs
                ? TOps.Load(ref q)
                : LanePairs.Interleave<TVector, T>(TOps.Load(ref q), TOps.Load(ref Unsafe.Add(ref q, TStrides.QStride)));
            c0 = AddTerms<TOps, TVector, TRows>(ref p, 0, q0, c0);
            c1 = AddTerms<TOps, TVector, TRows>(ref p, 1, q0, c1);
            c2 = AddTerms<TOps, TVector, TRows>(ref p, 2, q0, c2);
            c3 = AddTerms<TOps, TVector, TRows>(ref p, 3, q0, c3);
            c4 = AddTerms<TOps, TVector, TRows>(ref p, 4, q0, c4);
            c5 = AddTerms<TOps, TVector, TRows>(ref p, 5, q0, c5);
            c6 = AddTerms<TOps, TVector, TRows>(ref p, 6, q0, c6);
            c7 = AddTerms<TOps, TVector, TRows>(ref p, 7, q0, c7);
            c8 = AddTerms<TOps, TVector, TRows>(ref p, 8, q0, c8);
            c9 = AddTerms<TOps, TVector, TRows>(ref p, 9, q0, c9);
            c10 = AddTerms<TOps, TVector, TRows>(ref p, 10, q0, c10);
            c11 = AddTerms<TOps, TVector, TRows>(ref p, 11, q0, c11);
            c12 = AddTerms<TOps, TVector, TRows>(ref p, 12, q0, c12);
            c13 = AddTerms<TOps, TVector, TRows>(ref p, 13, q0, c13);
            c14 = AddTerms<TOps, TVector, TRows>(ref p, 14, q0, c14);
            c15 = AddTerms<TOps, TVector, TRows>(ref p, 15, q0, c15);
            p = ref Unsafe.Add(ref p, 2);
            q = ref Unsafe.Add(ref q, TStrides.QInPairs ? TOps.Count : 2 * TStrides.QStride);
        }

        if (terms % 2 != 0)
        {
            TVector q0 = TStrides.QInPairs ? TOps.Load(ref q) : LanePairs.Interleave<TVector, T>(TOps.Load(ref q), TOps.Zero);
            c0 = AddLast<TOps, TVector, TRows>(ref p, 0, q0, c0);
            c1 = AddLast<TOps, TVector, TRows>(ref p, 1, q0, c1);
            c2 = AddLast<TOps, TVector, TRows>(ref p, 2, q0, c2);
            c3 = AddLast<TOps, TVector, TRows>(ref p, 3, q0, c3);
            c4 = AddLast<TOps, TVector, TRows>(ref p, 4, q0, c4);
            c5 = AddLast<TOps, TVector, TRows>(ref p, 5, q0, c5);
            c6 = AddLast<TOps, TVector, TRows>(ref p, 6, q0, c6);
            c7 = AddLast<TOps, TVector, TRows>(ref p, 7, q0, c7);
            c8 = AddLast<TOps, TVector, TRows>(ref p, 8, q0, c8);
            c9 = AddLast<TOps, TVector, TRows>(ref p, 9, q0, c9);
            c10 = AddLast<TOps, TVector, TRows>(ref p, 10, q0, c10);
            c11 = AddLast<TOps, TVector, TRows>(ref p, 11, q0, c11);
            c12 = AddLast<TOps, TVector, TRows>(ref p, 12, q0, c12);
            c13 = AddLast<TOps, TVector, TRows>(ref p, 13, q0, c13);
            c14 = AddLast<TOps, TVector, TRows>(ref p, 14, q0, c14);
            c15 = AddLast<TOps, TVector, TRows>(ref p, 15, q0, c15);
        }

        TVector inside = HalfVectors.Inside<TOps, TVector, T>(columns);
        FinishSums<TOps, TVector, TRows>(0, c0, c1, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(2, c2, c3, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(4, c4, c5, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(6, c6, c7, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(8, c8, c9, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(10, c10, c11, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(12, c12, c13, inside, ref aside, ref c, scale);
        FinishSums<TOps, TVector, TRows>(14, c14, c15, inside, ref aside, ref c, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddTerms<TOps, TVector, TRows>(ref T p, int row, TVector q, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize =>
        TRows.Value <= row ? sum : TOps.MultiplyAdd(LanePairs.Broadcast<TVector, T>(ref Unsafe.Add(ref p, row * TStrides.PRowStride)), q, sum);

    // An odd last term: the lanes of second terms get 0 · 0, whatever the numbers are. Padded rows have the zero beside it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddLast<TOps, TVector, TRows>(ref T p, int row, TVector q, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize =>
        typeof(TStrides) == typeof(TermsInLines<T>) || TStrides.QInPairs ? AddTerms<TOps, TVector, TRows>(ref p, row, q, sum)
        : TRows.Value <= row ? sum
        : TOps.MultiplyAdd(LanePairs.KeepFirst<TVector, T>(TOps.Broadcast(Unsafe.Add(ref p, row * TStrides.PRowStride))), q, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishSums<TOps, TVector, TRows>(int row, TVector x, TVector y, TVector inside, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        if (TRows.Value > row)
        {
            PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(row, LanePairs.Sums<TVector, T>(x, y), inside, ref aside, ref c, scale);
        }
    }
}
