using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) of one to three rows: a layer with lanes across outputs and so few examples.</summary>
/// <remarks>
/// All of Q is read for a few multiply-adds, so a tile is all rows × up to eight vectors, c00 to c27: enough sums that none waits for its
/// last multiply-add, and rows of Q are read in whole or nearly so. Every number is summed in the order of k, from its bias or zero on: the bits are
/// those of a <see cref="BroadcastProduct{T, TShape, TEpilogue}"/>, so it does not matter whether so few rows are a batch or a thread's share.
/// </remarks>
internal readonly ref struct FewRowsProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>More rows would leave too few registers for vectors of sums.</summary>
    public const int MostRows = 3;

    // Terms between asking for a row of Q and using it.
    private const int TermsAhead = 8;

    // A Q that an L1 cache holds need not be asked for.
    private const int LeastBytes = 32 * 1024;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _sums;
    private readonly ref T _c;
    private readonly int _m;
    private readonly int _terms;

    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="bias">One number per column, padded likewise; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C, rows padded likewise.</param>
    /// <param name="m">The batch size, from 1 to <see cref="MostRows"/>.</param>
    /// <param name="terms">Terms of each sum.</param>
    public FewRowsProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, int m, int terms)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _sums = ref sums;
        _c = ref c;
        _m = m;
        _terms = terms;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (_m)
        {
            case 3:
                Rows<TOps, TVector, Three>();
                break;
            case 2:
                Rows<TOps, TVector, Two>();
                break;
            default:
                Rows<TOps, TVector, One>();
                break;
        }
    }

    private void Rows<TOps, TVector, TRows>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        int widest = TileShape.FewVectors(TRows.Value, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int left = (TShape.Columns + TOps.Count - 1) / TOps.Count;
        for (int column = 0; left > 0;)
        {
            int width = TileShape.NextRows(left, widest);
            switch (width)
            {
                case 8:
                    Tile<TOps, TVector, TRows, Eight>(column);
                    break;
                case 7:
                    Tile<TOps, TVector, TRows, Seven>(column);
                    break;
                case 6:
                    Tile<TOps, TVector, TRows, Six>(column);
                    break;
                case 5:
                    Tile<TOps, TVector, TRows, Five>(column);
                    break;
                case 4:
                    Tile<TOps, TVector, TRows, Four>(column);
                    break;
                case 3:
                    Tile<TOps, TVector, TRows, Three>(column);
                    break;
                case 2:
                    Tile<TOps, TVector, TRows, Two>(column);
                    break;
                default:
                    Tile<TOps, TVector, TRows, One>(column);
                    break;
            }

            column += width * TOps.Count;
            left -= width;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TRows, TVectors>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        ref T p = ref Unsafe.AsRef(in _p);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        ref T bias = ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column);
        int terms = _terms;
        TVector c00 = Start<TOps, TVector>(ref bias, 0);
        TVector c01 = TVectors.Value > 1 ? Start<TOps, TVector>(ref bias, 1) : c00;
        TVector c02 = TVectors.Value > 2 ? Start<TOps, TVector>(ref bias, 2) : c00;
        TVector c03 = TVectors.Value > 3 ? Start<TOps, TVector>(ref bias, 3) : c00;
        TVector c04 = TVectors.Value > 4 ? Start<TOps, TVector>(ref bias, 4) : c00;
        TVector c05 = TVectors.Value > 5 ? Start<TOps, TVector>(ref bias, 5) : c00;
        TVector c06 = TVectors.Value > 6 ? Start<TOps, TVector>(ref bias, 6) : c00;
        TVector c07 = TVectors.Value > 7 ? Start<TOps, TVector>(ref bias, 7) : c00;
        TVector c10 = c00, c11 = c01, c12 = c02, c13 = c03, c14 = c04, c15 = c05, c16 = c06, c17 = c07;
        TVector c20 = c00, c21 = c01, c22 = c02, c23 = c03, c24 = c04, c25 = c05, c26 = c06, c27 = c07;
        for (int k = 0; k < terms; k++)
        {
            if ((long)TShape.QStride * terms * Unsafe.SizeOf<T>() > LeastBytes)
            {
                Prefetch.Rows<T, Four>(ref q, TermsAhead * TShape.QStride);
                if (TVectors.Value > 4)
                {
                    Prefetch.Rows<T, Four>(ref q, (TermsAhead * TShape.QStride) + (4 * TOps.Count));
                }
            }

            TVector p0 = TOps.Broadcast(p);
            TVector p1 = TRows.Value > 1 ? TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride)) : p0;
            TVector p2 = TRows.Value > 2 ? TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride)) : p0;
            TVector q0 = TOps.Load(ref q);
            c00 = TOps.MultiplyAdd(p0, q0, c00);
            c10 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c10) : c10;
            c20 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c20) : c20;

            if (TVectors.Value > 1)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, TOps.Count));
                c01 = TOps.MultiplyAdd(p0, q0, c01);
                c11 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c11) : c11;
                c21 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c21) : c21;
            }

            if (TVectors.Value > 2)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 2 * TOps.Count));
                c02 = TOps.MultiplyAdd(p0, q0, c02);
                c12 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c12) : c12;
                c22 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c22) : c22;
            }

            if (TVectors.Value > 3)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 3 * TOps.Count));
                c03 = TOps.MultiplyAdd(p0, q0, c03);
                c13 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c13) : c13;
                c23 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c23) : c23;
            }

            if (TVectors.Value > 4)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 4 * TOps.Count));
                c04 = TOps.MultiplyAdd(p0, q0, c04);
                c14 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c14) : c14;
                c24 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c24) : c24;
            }

            if (TVectors.Value > 5)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 5 * TOps.Count));
                c05 = TOps.MultiplyAdd(p0, q0, c05);
                c15 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c15) : c15;
                c25 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c25) : c25;
            }

            if (TVectors.Value > 6)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 6 * TOps.Count));
                c06 = TOps.MultiplyAdd(p0, q0, c06);
                c16 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c16) : c16;
                c26 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c26) : c26;
            }

            if (TVectors.Value > 7)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, 7 * TOps.Count));
                c07 = TOps.MultiplyAdd(p0, q0, c07);
                c17 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c17) : c17;
                c27 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c27) : c27;
            }

            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        FinishRow<TOps, TVector, TVectors>(0, column, c00, c01, c02, c03, c04, c05, c06, c07);
        if (TRows.Value > 1)
        {
            FinishRow<TOps, TVector, TVectors>(1, column, c10, c11, c12, c13, c14, c15, c16, c17);
        }

        if (TRows.Value > 2)
        {
            FinishRow<TOps, TVector, TVectors>(2, column, c20, c21, c22, c23, c24, c25, c26, c27);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TOps, TVector>(ref T bias, int vector)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref bias, vector * TOps.Count)) : TOps.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishRow<TOps, TVector, TVectors>(
        int row, int column, TVector c0, TVector c1, TVector c2, TVector c3, TVector c4, TVector c5, TVector c6, TVector c7)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        Finish<TOps, TVector, TVectors, One>(row, column, c0);
        Finish<TOps, TVector, TVectors, Two>(row, column, c1);
        Finish<TOps, TVector, TVectors, Three>(row, column, c2);
        Finish<TOps, TVector, TVectors, Four>(row, column, c3);
        Finish<TOps, TVector, TVectors, Five>(row, column, c4);
        Finish<TOps, TVector, TVectors, Six>(row, column, c5);
        Finish<TOps, TVector, TVectors, Seven>(row, column, c6);
        Finish<TOps, TVector, TVectors, Eight>(row, column, c7);
    }

    // A vector of a row by its number, if the tile has so many. Only the last one can reach beyond the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector, TVectors, TNumber>(int row, int column, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TVectors.Value < TNumber.Value)
        {
            return;
        }

        int vector = column + ((TNumber.Value - 1) * TOps.Count);
        nint at = ((nint)row * TShape.CStride) + vector;
        if (!Unsafe.IsNullRef(ref _sums))
        {
            TOps.Store(sum, ref Unsafe.Add(ref _sums, at));
        }

        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref Unsafe.Add(ref _c, at)) : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, TOps.One, old);
        if (TEpilogue.MasksPadding && TVectors.Value == TNumber.Value && TShape.Columns % TOps.Count != 0 && vector + TOps.Count > TShape.Columns)
        {
            result = TOps.KeepFirst(result, TShape.Columns % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref _c, at));
    }
}
