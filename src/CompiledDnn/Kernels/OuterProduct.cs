using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(Σk P[r, k] Q[k, :]) where the rows of Q lie far apart and C has few rows: the gradient of a layer with a wide input.
/// </summary>
/// <remarks>
/// A tile is up to 10 rows × 2 vectors: c00 ... c91 are its sums, q0 and q1 a piece of a row of Q. All rows of C are done for one piece
/// before the next, because rows of Q that lie a multiple of 4096 bytes apart fall into one set of the L1 cache and are gone when
/// they would be wanted again. The processor does not follow such rows by itself, so they are asked for a few terms ahead.
/// </remarks>
internal readonly ref struct OuterProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    // Terms between asking for a row of Q and using it: some 20 multiply-adds each, together the latency of an L3 cache.
    private const int TermsAhead = 16;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _m;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies or divides by.</param>
    /// <param name="m">The batch size.</param>
    public OuterProduct(ref readonly T p, ref readonly T q, ref T c, T scale, int m)
    {
        _p = ref p;
        _q = ref q;
        _c = ref c;
        _scale = scale;
        _m = m;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int column = 0;
        for (; column + TOps.Count < TShape.Columns; column += 2 * TOps.Count)
        {
            Piece<TOps, TVector, Two>(column);
        }

        if (column < TShape.Columns)
        {
            Piece<TOps, TVector, One>(column);
        }
    }

    // All rows of C under one or two vectors of columns.
    private void Piece<TOps, TVector, TVectors>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int rows = TShape.Rows(_m);
        int tallest = TileShape.OuterRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int row = 0;
        while (row < rows)
        {
            int tiles = (rows - row + tallest - 1) / tallest;
            int height = (rows - row + tiles - 1) / tiles;
            switch (height)
            {
                case 10:
                    Tile<TOps, TVector, Ten, TVectors>(row, column);
                    break;
                case 9:
                    Tile<TOps, TVector, Nine, TVectors>(row, column);
                    break;
                case 8:
                    Tile<TOps, TVector, Eight, TVectors>(row, column);
                    break;
                case 7:
                    Tile<TOps, TVector, Seven, TVectors>(row, column);
                    break;
                case 6:
                    Tile<TOps, TVector, Six, TVectors>(row, column);
                    break;
                case 5:
                    Tile<TOps, TVector, Five, TVectors>(row, column);
                    break;
                case 4:
                    Tile<TOps, TVector, Four, TVectors>(row, column);
                    break;
                case 3:
                    Tile<TOps, TVector, Three, TVectors>(row, column);
                    break;
                case 2:
                    Tile<TOps, TVector, Two, TVectors>(row, column);
                    break;
                default:
                    Tile<TOps, TVector, One, TVectors>(row, column);
                    break;
            }

            row += height;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile<TOps, TVector, TRows, TVectors>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
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
            Prefetch.Rows<T, TVectors>(ref q, TermsAhead * TShape.QStride);
            TVector q0 = TOps.Load(ref q);
            TVector q1 = TVectors.Value > 1 ? TOps.Load(ref Unsafe.Add(ref q, TOps.Count)) : q0;
            TVector broadcast = TOps.Broadcast(p);
            c00 = TOps.MultiplyAdd(broadcast, q0, c00);
            c01 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c01) : c01;

            if (TRows.Value > 1)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride));
                c10 = TOps.MultiplyAdd(broadcast, q0, c10);
                c11 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c11) : c11;
            }

            if (TRows.Value > 2)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride));
                c20 = TOps.MultiplyAdd(broadcast, q0, c20);
                c21 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c21) : c21;
            }

            if (TRows.Value > 3)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 3 * TShape.PRowStride));
                c30 = TOps.MultiplyAdd(broadcast, q0, c30);
                c31 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c31) : c31;
            }

            if (TRows.Value > 4)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 4 * TShape.PRowStride));
                c40 = TOps.MultiplyAdd(broadcast, q0, c40);
                c41 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c41) : c41;
            }

            if (TRows.Value > 5)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 5 * TShape.PRowStride));
                c50 = TOps.MultiplyAdd(broadcast, q0, c50);
                c51 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c51) : c51;
            }

            if (TRows.Value > 6)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 6 * TShape.PRowStride));
                c60 = TOps.MultiplyAdd(broadcast, q0, c60);
                c61 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c61) : c61;
            }

            if (TRows.Value > 7)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 7 * TShape.PRowStride));
                c70 = TOps.MultiplyAdd(broadcast, q0, c70);
                c71 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c71) : c71;
            }

            if (TRows.Value > 8)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 8 * TShape.PRowStride));
                c80 = TOps.MultiplyAdd(broadcast, q0, c80);
                c81 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c81) : c81;
            }

            if (TRows.Value > 9)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref p, 9 * TShape.PRowStride));
                c90 = TOps.MultiplyAdd(broadcast, q0, c90);
                c91 = TVectors.Value > 1 ? TOps.MultiplyAdd(broadcast, q1, c91) : c91;
            }

            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
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
        TVector scale = TOps.Broadcast(_scale);
        TOps.Store(TEpilogue.Finish<TOps, TVector>(sum0, scale, TEpilogue.ReadsOld ? TOps.Load(ref c) : TOps.Zero), ref c);
        if (TVectors.Value > 1)
        {
            c = ref Unsafe.Add(ref c, TOps.Count);
            TOps.Store(TEpilogue.Finish<TOps, TVector>(sum1, scale, TEpilogue.ReadsOld ? TOps.Load(ref c) : TOps.Zero), ref c);
        }
    }
}
