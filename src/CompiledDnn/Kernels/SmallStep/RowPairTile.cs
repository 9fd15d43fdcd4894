using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>A tile of no more columns than half a vector has lanes: a vector of sums for two rows of C, and two multiply-adds in one.</summary>
/// <remarks>
/// What belongs to two rows lies side by side in P, as in a gradient, and fills a vector with one load: lane 2j is the first row's and
/// column j's, lane 2j + 1 the second row's and the same column's. s0 ... s7 hold up to 16 rows, and each row of Q is taken twice, q0, q0, q1, q1 and
/// so on. With more than eight rows every number is summed in the order of k, as in the other kernels; with fewer, terms of even and of odd k are
/// summed apart, because up to four sums would wait for their multiply-adds. Nothing beyond the last row of P is read: an odd one by itself is broadcast.
/// </remarks>
internal readonly struct RowPairTile<T, TStrides, TEpilogue> : IPairedTile<T>
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
        TVector s0 = TEpilogue.HasBias ? LanePairs.Twice<TVector, T>(ref aside) : TOps.Zero;
        TVector s1 = s0, s2 = s0, s3 = s0;
        TVector s4 = TRows.Value > 8 ? s0 : TOps.Zero, s5 = s4, s6 = s4, s7 = s4;
        int k = 0;
        if (TRows.Value <= 8)
        {
            // So few sums would wait for their last multiply-add: terms of even and of odd k apart.
            for (; k + 1 < terms; k += 2)
            {
                ref T next = ref Unsafe.Add(ref p, TStrides.PTermStride);
                TVector q0 = LanePairs.Twice<TVector, T>(ref q), q1 = LanePairs.Twice<TVector, T>(ref Unsafe.Add(ref q, TStrides.QStride));
                s0 = AddRows<TOps, TVector, TRows>(ref p, 0, q0, s0);
                s1 = AddRows<TOps, TVector, TRows>(ref p, 2, q0, s1);
                s2 = AddRows<TOps, TVector, TRows>(ref p, 4, q0, s2);
                s3 = AddRows<TOps, TVector, TRows>(ref p, 6, q0, s3);
                s4 = AddRows<TOps, TVector, TRows>(ref next, 0, q1, s4);
                s5 = AddRows<TOps, TVector, TRows>(ref next, 2, q1, s5);
                s6 = AddRows<TOps, TVector, TRows>(ref next, 4, q1, s6);
                s7 = AddRows<TOps, TVector, TRows>(ref next, 6, q1, s7);
                p = ref Unsafe.Add(ref next, TStrides.PTermStride);
                q = ref Unsafe.Add(ref q, 2 * TStrides.QStride);
            }

            (s0, s1, s2, s3) = (TOps.Add(s0, s4), TOps.Add(s1, s5), TOps.Add(s2, s6), TOps.Add(s3, s7));
        }

        for (; k < terms; k++)
        {
            TVector q0 = LanePairs.Twice<TVector, T>(ref q);
            s0 = AddRows<TOps, TVector, TRows>(ref p, 0, q0, s0);
            s1 = AddRows<TOps, TVector, TRows>(ref p, 2, q0, s1);
            s2 = AddRows<TOps, TVector, TRows>(ref p, 4, q0, s2);
            s3 = AddRows<TOps, TVector, TRows>(ref p, 6, q0, s3);
            s4 = AddRows<TOps, TVector, TRows>(ref p, 8, q0, s4);
            s5 = AddRows<TOps, TVector, TRows>(ref p, 10, q0, s5);
            s6 = AddRows<TOps, TVector, TRows>(ref p, 12, q0, s6);
            s7 = AddRows<TOps, TVector, TRows>(ref p, 14, q0, s7);
            p = ref Unsafe.Add(ref p, TStrides.PTermStride);
            q = ref Unsafe.Add(ref q, TStrides.QStride);
        }

        TVector inside = HalfVectors.Inside<TOps, TVector, T>(columns);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(0, LanePairs.Separate<TVector, T>(s0), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(2, LanePairs.Separate<TVector, T>(s1), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(4, LanePairs.Separate<TVector, T>(s2), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(6, LanePairs.Separate<TVector, T>(s3), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(8, LanePairs.Separate<TVector, T>(s4), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(10, LanePairs.Separate<TVector, T>(s5), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(12, LanePairs.Separate<TVector, T>(s6), inside, ref aside, ref c, scale);
        PairedRows<T, TStrides, TEpilogue>.Finish<TOps, TVector, TRows>(14, LanePairs.Separate<TVector, T>(s7), inside, ref aside, ref c, scale);
    }

    // Two rows of a tile, if it has the first; the last by itself takes both lanes, of which one goes nowhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddRows<TOps, TVector, TRows>(ref T p, int row, TVector q, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize =>
        TRows.Value <= row ? sum
        : TRows.Value == row + 1 ? TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, row)), q, sum)
        : TOps.MultiplyAdd(LanePairs.Broadcast<TVector, T>(ref Unsafe.Add(ref p, row)), q, sum);
}
