using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>
/// Tiles of two rows and three to six vectors of 128 bits. Without wider vectors a number is broadcast by a shuffle, on the units that multiply
/// and add: here two for twelve products, in a tile of six rows six.
/// </content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // All rows of C under three to six vectors of columns.
    private void PairPanel<TOps, TVector>(int width, int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (width)
        {
            case 6:
                PairPanel<TOps, TVector, Six>(column, ref q, stride);
                break;
            case 5:
                PairPanel<TOps, TVector, Five>(column, ref q, stride);
                break;
            case 4:
                PairPanel<TOps, TVector, Four>(column, ref q, stride);
                break;
            default:
                PairPanel<TOps, TVector, Three>(column, ref q, stride);
                break;
        }
    }

    private void PairPanel<TOps, TVector, TVectors>(int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int row = 0;
        for (; row + 2 <= _rows; row += 2)
        {
            PairTile<TOps, TVector, Two, TVectors>(row, column, ref q, stride);
        }

        if (row < _rows)
        {
            PairTile<TOps, TVector, One, TVectors>(row, column, ref q, stride);
        }
    }

    // c00 to c15 are the sums, p0 and p1 a term of each row; the vectors of a row of Q take turns in q0.
    [MethodImpl(KernelMethod.Alone)]
    private void PairTile<TOps, TVector, TRows, TVectors>(int row, int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        int terms = _terms;
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        PrefetchOld<TRows, Two>(row, column);
        TVector c00 = Start<TOps, TVector>(column);
        TVector c01 = Start<TOps, TVector>(column + (1 * TOps.Count));
        TVector c02 = Start<TOps, TVector>(column + (2 * TOps.Count));
        TVector c03 = TVectors.Value > 3 ? Start<TOps, TVector>(column + (3 * TOps.Count)) : c00;
        TVector c04 = TVectors.Value > 4 ? Start<TOps, TVector>(column + (4 * TOps.Count)) : c00;
        TVector c05 = TVectors.Value > 5 ? Start<TOps, TVector>(column + (5 * TOps.Count)) : c00;
        TVector c10 = c00, c11 = c01, c12 = c02, c13 = c03, c14 = c04, c15 = c05;
        for (int k = 0; k < terms; k++)
        {
            if (HasFarRows && stride == TShape.QStride)
            {
                Prefetch.Rows<T, Two>(ref q, TermsAhead * TShape.QStride);
            }

            TVector p0 = TOps.Broadcast(p);
            TVector p1 = TRows.Value > 1 ? TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride)) : p0;
            TVector q0 = TOps.Load(ref q);
            c00 = TOps.MultiplyAdd(q0, p0, c00);
            c10 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c10) : c10;
            q0 = TOps.Load(ref Unsafe.Add(ref q, TOps.Count));
            c01 = TOps.MultiplyAdd(q0, p0, c01);
            c11 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c11) : c11;
            q0 = TOps.Load(ref Unsafe.Add(ref q, 2 * TOps.Count));
            c02 = TOps.MultiplyAdd(q0, p0, c02);
            c12 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c12) : c12;
            if (TVectors.Value > 3)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 3 * TOps.Count));
                c03 = TOps.MultiplyAdd(q0, p0, c03);
                c13 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c13) : c13;
            }

            if (TVectors.Value > 4)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 4 * TOps.Count));
                c04 = TOps.MultiplyAdd(q0, p0, c04);
                c14 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c14) : c14;
            }

            if (TVectors.Value > 5)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 5 * TOps.Count));
                c05 = TOps.MultiplyAdd(q0, p0, c05);
                c15 = TRows.Value > 1 ? TOps.MultiplyAdd(q0, p1, c15) : c15;
            }

            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, stride);
        }

        nint at = ((nint)row * TShape.CStride) + column;
        ref T c = ref Unsafe.Add(ref _c, at);
        ref T other = ref Beside(in _other, at);
        ref T sums = ref Beside(in _sums, at);
        TVector scale = TOps.Broadcast(_scale);
        bool isRest = TShape.Columns % TOps.Count != 0 && column + (TVectors.Value * TOps.Count) > TShape.Columns;
        FinishPairRow<TOps, TVector, TVectors>(0, ref c, ref other, ref sums, scale, c00, c01, c02, c03, c04, c05, isRest);
        if (TRows.Value > 1)
        {
            FinishPairRow<TOps, TVector, TVectors>(TShape.CStride, ref c, ref other, ref sums, scale, c10, c11, c12, c13, c14, c15, isRest);
        }
    }

    // A row of a tile at a constant distance from its first. Only its last vector can reach beyond the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishPairRow<TOps, TVector, TVectors>(
        int at, ref T c, ref T other, ref T sums, TVector scale, TVector sum0, TVector sum1, TVector sum2, TVector sum3, TVector sum4, TVector sum5, bool isRest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        Finish<TOps, TVector>(at, ref c, ref other, ref sums, scale, sum0, isRest: false);
        Finish<TOps, TVector>(at + TOps.Count, ref c, ref other, ref sums, scale, sum1, isRest: false);
        Finish<TOps, TVector>(at + (2 * TOps.Count), ref c, ref other, ref sums, scale, sum2, TVectors.Value == 3 && isRest);
        if (TVectors.Value > 3)
        {
            Finish<TOps, TVector>(at + (3 * TOps.Count), ref c, ref other, ref sums, scale, sum3, TVectors.Value == 4 && isRest);
        }

        if (TVectors.Value > 4)
        {
            Finish<TOps, TVector>(at + (4 * TOps.Count), ref c, ref other, ref sums, scale, sum4, TVectors.Value == 5 && isRest);
        }

        if (TVectors.Value > 5)
        {
            Finish<TOps, TVector>(at + (5 * TOps.Count), ref c, ref other, ref sums, scale, sum5, isRest);
        }
    }
}
