using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>A tile in registers: up to 6 rows × 4 vectors, or 8 rows of a single vector.</content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TRows, TVectors>(int row, int column, ref T q, int stride, ref T p, int pStride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        int terms = _terms;
        PrefetchOld<TRows, TVectors>(row, column);
        TVector c00 = Start<TOps, TVector>(column);
        TVector c01 = TVectors.Value > 1 ? Start<TOps, TVector>(column + (1 * TOps.Count)) : c00;
        TVector c02 = TVectors.Value > 2 ? Start<TOps, TVector>(column + (2 * TOps.Count)) : c00;
        TVector c03 = TVectors.Value > 3 ? Start<TOps, TVector>(column + (3 * TOps.Count)) : c00;
        TVector c10 = c00, c11 = c01, c12 = c02, c13 = c03;
        TVector c20 = c00, c21 = c01, c22 = c02, c23 = c03;
        TVector c30 = c00, c31 = c01, c32 = c02, c33 = c03;
        TVector c40 = c00, c41 = c01, c42 = c02, c43 = c03;
        TVector c50 = c00, c51 = c01, c52 = c02, c53 = c03;
        TVector c60 = c00, c70 = c00;
        for (int k = 0; k < terms; k++)
        {
            if (HasFarRows && stride == TShape.QStride)
            {
                Prefetch.Rows<T, TVectors>(ref q, TermsAhead * TShape.QStride);
            }

            TVector q0 = TOps.Load(ref q);
            TVector q1 = TVectors.Value > 1 ? TOps.Load(ref Unsafe.Add(ref q, TOps.Count)) : q0;
            TVector q2 = TVectors.Value > 2 ? TOps.Load(ref Unsafe.Add(ref q, 2 * TOps.Count)) : q0;
            TVector q3 = TVectors.Value > 3 ? TOps.Load(ref Unsafe.Add(ref q, 3 * TOps.Count)) : q0;
            TVector broadcast = TOps.Broadcast(p);
            c00 = TOps.MultiplyAdd(broadcast, q0, c00);
            c01 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c01) : c01;
            c02 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c02) : c02;
            c03 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c03) : c03;

            if (TRows.Value > 1)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride));
                c10 = TOps.MultiplyAdd(broadcast, q0, c10);
                c11 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c11) : c11;
                c12 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c12) : c12;
                c13 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c13) : c13;
            }

            if (TRows.Value > 2)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride));
                c20 = TOps.MultiplyAdd(broadcast, q0, c20);
                c21 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c21) : c21;
                c22 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c22) : c22;
                c23 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c23) : c23;
            }

            if (TRows.Value > 3)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 3 * TShape.PRowStride));
                c30 = TOps.MultiplyAdd(broadcast, q0, c30);
                c31 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c31) : c31;
                c32 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c32) : c32;
                c33 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c33) : c33;
            }

            if (TRows.Value > 4)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 4 * TShape.PRowStride));
                c40 = TOps.MultiplyAdd(broadcast, q0, c40);
                c41 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c41) : c41;
                c42 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c42) : c42;
                c43 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c43) : c43;
            }

            if (TRows.Value > 5)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 5 * TShape.PRowStride));
                c50 = TOps.MultiplyAdd(broadcast, q0, c50);
                c51 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c51) : c51;
                c52 = TVectors.Value > 2 ? TOps.MultiplyAdd(broadcast, q2, c52) : c52;
                c53 = TVectors.Value > 3 ? TOps.MultiplyAdd(broadcast, q3, c53) : c53;
            }

            if (TRows.Value > 6)
            {
                c60 = TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, 6 * TShape.PRowStride)), q0, c60);
            }

            if (TRows.Value > 7)
            {
                c70 = TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, 7 * TShape.PRowStride)), q0, c70);
            }

            p = ref Unsafe.Add(ref p, CopiesRows ? pStride : TShape.PTermStride);
            q = ref Unsafe.Add(ref q, HasFarRows ? stride : TShape.QStride);
        }

        nint at = ((nint)row * TShape.CStride) + column;
        ref T c = ref Unsafe.Add(ref _c, at);
        ref T other = ref Beside(in _other, at);
        ref T sums = ref Beside(in _sums, at);
        TVector scale = TOps.Broadcast(_scale);
        bool isRest = TShape.Columns % TOps.Count != 0 && column + (TVectors.Value * TOps.Count) > TShape.Columns;
        FinishRow<TOps, TVector, TVectors>(0, ref c, ref other, ref sums, scale, c00, c01, c02, c03, isRest);

        if (TRows.Value > 1)
        {
            FinishRow<TOps, TVector, TVectors>(1, ref c, ref other, ref sums, scale, c10, c11, c12, c13, isRest);
        }

        if (TRows.Value > 2)
        {
            FinishRow<TOps, TVector, TVectors>(2, ref c, ref other, ref sums, scale, c20, c21, c22, c23, isRest);
        }

        if (TRows.Value > 3)
        {
            FinishRow<TOps, TVector, TVectors>(3, ref c, ref other, ref sums, scale, c30, c31, c32, c33, isRest);
        }

        if (TRows.Value > 4)
        {
            FinishRow<TOps, TVector, TVectors>(4, ref c, ref other, ref sums, scale, c40, c41, c42, c43, isRest);
        }

        if (TRows.Value > 5)
        {
            FinishRow<TOps, TVector, TVectors>(5, ref c, ref other, ref sums, scale, c50, c51, c52, c53, isRest);
        }

        if (TRows.Value > 6)
        {
            FinishRow<TOps, TVector, TVectors>(6, ref c, ref other, ref sums, scale, c60, c60, c60, c60, isRest);
        }

        if (TRows.Value > 7)
        {
            FinishRow<TOps, TVector, TVectors>(7, ref c, ref other, ref sums, scale, c70, c70, c70, c70, isRest);
        }
    }
}
