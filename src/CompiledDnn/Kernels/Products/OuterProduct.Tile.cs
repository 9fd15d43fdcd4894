using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>The tiles.</content>
internal readonly ref partial struct OuterProduct<T, TShape, TEpilogue>
{
    // Terms between asking for a row of Q and using it, first for the L2 cache, which takes the latency of what lies behind it, then
    // for the L1 cache. All the rows on their way may lie in one set: it has eight ways or more.
    private const int TermsAheadInL2 = 20;
    private const int TermsAheadInL1 = 6;

    // The next rows of C, as many as a tile has; where they end.
    private int Rows<TOps, TVector, TVectors, TSource>(int row, int column, ref T p, ref T q, int pitch, StripCopy<T, TShape> next, int line)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
        where TSource : struct, IOuterSource
    {
        int height = TileShape.NextRows(TShape.Rows(_m) - row, TileShape.OuterRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>())));
        switch (height)
        {
            case 10:
                Tile<TOps, TVector, Ten, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 9:
                Tile<TOps, TVector, Nine, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 8:
                Tile<TOps, TVector, Eight, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 7:
                Tile<TOps, TVector, Seven, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 6:
                Tile<TOps, TVector, Six, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 5:
                Tile<TOps, TVector, Five, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 4:
                Tile<TOps, TVector, Four, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 3:
                Tile<TOps, TVector, Three, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            case 2:
                Tile<TOps, TVector, Two, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
            default:
                Tile<TOps, TVector, One, TVectors, TSource>(row, column, ref p, ref q, pitch, next, line);
                break;
        }

        return row + height;
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TRows, TVectors, TSource>(int row, int column, ref T p, ref T q, int pitch, StripCopy<T, TShape> next, int line)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
        where TSource : struct, IOuterSource
    {
        int terms = TShape.Terms(_m);
        int pRowStride = TSource.IsCopied ? 1 : TShape.PRowStride;
        int q1At = TSource.IsCopied && StripCopy<T, TShape>.LineNumbers == TOps.Count ? pitch : TOps.Count;
        TVector c00 = TOps.Zero, c01 = TOps.Zero;
        TVector c10 = c00, c11 = c00;
        TVector c20 = c00, c21 = c00;
        TVector c30 = c00, c31 = c00;
        TVector c40 = c00, c41 = c00;
        TVector c50 = c00, c51 = c00;
        TVector c60 = c00, c61 = c00;
        TVector c70 = c00, c71 = c00;
        TVector c80 = c00, c81 = c00;
        TVector c90 = c00, c91 = c00;
        for (int k = 0; k < terms; k++)
        {
            if (!TSource.IsCopied)
            {
                Prefetch.RowsIntoL2<T, TVectors>(ref q, TermsAheadInL2 * TShape.QStride);
                Prefetch.Rows<T, TVectors>(ref q, TermsAheadInL1 * TShape.QStride);
            }

            if (TSource.Copies)
            {
                next.Line<TOps, TVector>(line + k);
            }

            TVector q0 = TOps.Load(ref q);
            TVector q1 = TVectors.Value > 1 ? TOps.Load(ref Unsafe.Add(ref q, q1At)) : q0;
            TVector broadcast = TOps.Broadcast(p);
            c00 = TOps.MultiplyAdd(broadcast, q0, c00);
            c01 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c01) : c01;

            if (TRows.Value > 1)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, pRowStride));
                c10 = TOps.MultiplyAdd(broadcast, q0, c10);
                c11 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c11) : c11;
            }

            if (TRows.Value > 2)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 2 * pRowStride));
                c20 = TOps.MultiplyAdd(broadcast, q0, c20);
                c21 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c21) : c21;
            }

            if (TRows.Value > 3)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 3 * pRowStride));
                c30 = TOps.MultiplyAdd(broadcast, q0, c30);
                c31 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c31) : c31;
            }

            if (TRows.Value > 4)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 4 * pRowStride));
                c40 = TOps.MultiplyAdd(broadcast, q0, c40);
                c41 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c41) : c41;
            }

            if (TRows.Value > 5)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 5 * pRowStride));
                c50 = TOps.MultiplyAdd(broadcast, q0, c50);
                c51 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c51) : c51;
            }

            if (TRows.Value > 6)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 6 * pRowStride));
                c60 = TOps.MultiplyAdd(broadcast, q0, c60);
                c61 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c61) : c61;
            }

            if (TRows.Value > 7)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 7 * pRowStride));
                c70 = TOps.MultiplyAdd(broadcast, q0, c70);
                c71 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c71) : c71;
            }

            if (TRows.Value > 8)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 8 * pRowStride));
                c80 = TOps.MultiplyAdd(broadcast, q0, c80);
                c81 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c81) : c81;
            }

            if (TRows.Value > 9)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 9 * pRowStride));
                c90 = TOps.MultiplyAdd(broadcast, q0, c90);
                c91 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c91) : c91;
            }

            p = ref Unsafe.Add(ref p, TSource.IsCopied ? TRows.Value : TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TSource.IsCopied ? StripCopy<T, TShape>.LineNumbers : TShape.QStride);
        }

        Finish<TOps, TVector, TVectors>(row, column, c00, c01);

        if (TRows.Value > 1)
        {
            Finish<TOps, TVector, TVectors>(row + 1, column, c10, c11);
        }

        if (TRows.Value > 2)
        {
            Finish<TOps, TVector, TVectors>(row + 2, column, c20, c21);
        }

        if (TRows.Value > 3)
        {
            Finish<TOps, TVector, TVectors>(row + 3, column, c30, c31);
        }

        if (TRows.Value > 4)
        {
            Finish<TOps, TVector, TVectors>(row + 4, column, c40, c41);
        }

        if (TRows.Value > 5)
        {
            Finish<TOps, TVector, TVectors>(row + 5, column, c50, c51);
        }

        if (TRows.Value > 6)
        {
            Finish<TOps, TVector, TVectors>(row + 6, column, c60, c61);
        }

        if (TRows.Value > 7)
        {
            Finish<TOps, TVector, TVectors>(row + 7, column, c70, c71);
        }

        if (TRows.Value > 8)
        {
            Finish<TOps, TVector, TVectors>(row + 8, column, c80, c81);
        }

        if (TRows.Value > 9)
        {
            Finish<TOps, TVector, TVectors>(row + 9, column, c90, c91);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector, TVectors>(int row, int column, TVector sum0, TVector sum1)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        ref T c = ref Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column);
        Finish<TOps, TVector>(sum0, ref c);
        if (TVectors.Value > 1)
        {
            Finish<TOps, TVector>(sum1, ref Unsafe.Add(ref c, TOps.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector>(TVector sum, ref T c)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref c) : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(_scale), old);
        if (!TEpilogue.ReadsOld && _adds)
        {
            result = TOps.Add(result, TOps.Load(ref c));
        }

        TOps.Store(result, ref c);
    }
}
