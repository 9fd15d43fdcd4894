using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(bias + Σk P[r, k] Q[k, :]): lanes run across the columns of C, each number of P is broadcast.
/// </summary>
/// <remarks>
/// A tile is up to 6 rows × 4 vectors, or 8 rows of a single vector: c00 ... c73 are its sums, q0 to q3 a row of Q, and one register takes
/// the broadcast number. Every number of C is summed in the order of k whatever the tile, so its bits do not depend on where the tile's
/// borders fall. Rows of Q and C are padded to whole cache lines: the last vector reads zeros of Q and writes zeros to C. Where rows of Q
/// lie pages apart and many rows of C use them, a panel of Q is copied together first.
/// </remarks>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    // Terms between asking for a row of Q and using it: up to 24 multiply-adds each, together the latency of an L3 cache.
    private const int TermsAhead = 8;

    // Rows of Q this many bytes apart change pages so often that the processor does not follow them; nearer ones it does.
    private const int FarApart = 2048;

    // Panels of Q are copied together where rows lie so far apart, if enough rows of C use them and they are not too long. A panel of 512-bit
    // vectors takes four lines of every row, one after the other, and asking for those ahead is nearly as good: the copy pays later.
    private const int RowsWorthPacking = 24;
    private const int RowsWorthPackingWide = 192;
    private const int MostPackedTerms = 1024;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _sums;
    private readonly ref readonly T _other;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _m;
    private readonly int _rows;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies or divides by.</param>
    /// <param name="m">The batch size.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, T scale, int m)
        : this(in p, in q, in bias, ref sums, ref c, scale, m, TShape.Rows(m))
    {
    }

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies or divides by.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="rows">Rows of C, where they are not all of the shape's.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, T scale, int m, int rows)
    {
        _rows = rows;
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _sums = ref sums;
        _other = ref Unsafe.NullRef<T>();
        _c = ref c;
        _scale = scale;
        _m = m;
    }

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="other">What the epilogue reads beside the sums, laid out like C.</param>
    /// <param name="c">C; may be the same memory as <paramref name="other"/>.</param>
    /// <param name="m">The batch size.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T other, ref T c, int m)
    {
        _rows = TShape.Rows(m);
        _p = ref p;
        _q = ref q;
        _bias = ref Unsafe.NullRef<T>();
        _sums = ref Unsafe.NullRef<T>();
        _other = ref other;
        _c = ref c;
        _scale = T.One;
        _m = m;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int widest = TileShape.BroadcastVectors(TShape.Columns, TOps.Count, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int vectors = (TShape.Columns + TOps.Count - 1) / TOps.Count;
        bool hasHalfTail = TileShape.HasHalfTail(TShape.Columns, TOps.Count, TOps.Count * Unsafe.SizeOf<T>());
        Span<T> packed = [];
        if (TShape.QStride * Unsafe.SizeOf<T>() >= FarApart && TShape.Terms(_m) <= MostPackedTerms)
        {
            // Taken whatever the rows, so that more of them take no more memory.
            packed = KernelScratch<T>.Get(MostPackedTerms * (hasHalfTail ? Math.Max(widest, 3) : widest) * TOps.Count);
            bool isWide = TOps.Count * Unsafe.SizeOf<T>() == 64;
            packed = _rows >= (isWide ? RowsWorthPackingWide : RowsWorthPacking) ? packed : [];
        }

        int vector = 0;
        while (vector < vectors)
        {
            // Remainders are spread: five vectors are three and two, not four and one.
            int left = vectors - vector;
            int width = TileShape.NextRows(left, widest);
            if (hasHalfTail && left - width == 1)
            {
                width = left;
            }

            int column = vector * TOps.Count;
            ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
            int stride = TShape.QStride;
            if (!packed.IsEmpty)
            {
                stride = width * TOps.Count;
                PanelCopy.Run<T>(ref q, TShape.QStride, TShape.Terms(_m), packed, stride);
                q = ref packed[0];
            }

            if (hasHalfTail && vector + width == vectors)
            {
                switch (width)
                {
                    case 4:
                        HalfPanel<TOps, TVector, Four>(column, ref q, stride);
                        break;
                    case 3:
                        HalfPanel<TOps, TVector, Three>(column, ref q, stride);
                        break;
                    default:
                        HalfPanel<TOps, TVector, Two>(column, ref q, stride);
                        break;
                }

                return;
            }

            switch (width)
            {
                case 4:
                    Panel<TOps, TVector, Four>(column, ref q, stride);
                    break;
                case 3:
                    Panel<TOps, TVector, Three>(column, ref q, stride);
                    break;
                case 2:
                    Panel<TOps, TVector, Two>(column, ref q, stride);
                    break;
                default:
                    Panel<TOps, TVector, One>(column, ref q, stride);
                    break;
            }

            vector += width;
        }
    }

    // All rows of C under so many vectors of columns.
    private void Panel<TOps, TVector, TVectors>(int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int rows = _rows;
        int tallest = TileShape.BroadcastRows(TVectors.Value, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int row = 0;
        while (row < rows)
        {
            int tiles = (rows - row + tallest - 1) / tallest;
            int height = (rows - row + tiles - 1) / tiles;
            switch (height)
            {
                case 8:
                    Tile<TOps, TVector, Eight, TVectors>(row, column, ref q, stride);
                    break;
                case 7:
                    Tile<TOps, TVector, Seven, TVectors>(row, column, ref q, stride);
                    break;
                case 6:
                    Tile<TOps, TVector, Six, TVectors>(row, column, ref q, stride);
                    break;
                case 5:
                    Tile<TOps, TVector, Five, TVectors>(row, column, ref q, stride);
                    break;
                case 4:
                    Tile<TOps, TVector, Four, TVectors>(row, column, ref q, stride);
                    break;
                case 3:
                    Tile<TOps, TVector, Three, TVectors>(row, column, ref q, stride);
                    break;
                case 2:
                    Tile<TOps, TVector, Two, TVectors>(row, column, ref q, stride);
                    break;
                default:
                    Tile<TOps, TVector, One, TVectors>(row, column, ref q, stride);
                    break;
            }

            row += height;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile<TOps, TVector, TRows, TVectors>(int row, int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
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
        bool isFar = TShape.QStride * Unsafe.SizeOf<T>() >= FarApart;
        for (int k = 0; k < terms; k++)
        {
            if (isFar && stride == TShape.QStride)
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

            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, isFar ? stride : TShape.QStride);
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

    // The old numbers are wanted when the sums are done; asked for now, they are there by then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchOld<TRows, TVectors>(int row, int column)
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        if (TEpilogue.ReadsOld)
        {
            ref T c = ref Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column);
            for (int r = 0; r < TRows.Value; r++)
            {
                Prefetch.Rows<T, TVectors>(ref c, r * TShape.CStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Start<TOps, TVector>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column)) : TOps.Zero;

    // Where a tile's numbers lie in what is laid out like C; a null reference if there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Beside(ref readonly T block, nint at) =>
        ref Unsafe.IsNullRef(in block) ? ref Unsafe.AsRef(in block) : ref Unsafe.Add(ref Unsafe.AsRef(in block), at);

    // A row of a tile by its number. Only its last vector can reach beyond the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishRow<TOps, TVector, TVectors>(
        int row, ref T c, ref T other, ref T sums, TVector scale, TVector sum0, TVector sum1, TVector sum2, TVector sum3, bool isRest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int at = row * TShape.CStride;
        Finish<TOps, TVector>(at, ref c, ref other, ref sums, scale, sum0, TVectors.Value == 1 && isRest);
        if (TVectors.Value > 1)
        {
            Finish<TOps, TVector>(at + TOps.Count, ref c, ref other, ref sums, scale, sum1, TVectors.Value == 2 && isRest);
        }

        if (TVectors.Value > 2)
        {
            Finish<TOps, TVector>(at + (2 * TOps.Count), ref c, ref other, ref sums, scale, sum2, TVectors.Value == 3 && isRest);
        }

        if (TVectors.Value > 3)
        {
            Finish<TOps, TVector>(at + (3 * TOps.Count), ref c, ref other, ref sums, scale, sum3, isRest);
        }
    }

    // A vector at a constant distance from a tile's first. The one with the rest of the columns is short by a constant number of lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector>(int at, ref T c, ref T other, ref T sums, TVector scale, TVector sum, bool isRest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TEpilogue.HasBias && !Unsafe.IsNullRef(ref sums))
        {
            TOps.Store(sum, ref Unsafe.Add(ref sums, at));
        }

        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref Unsafe.Add(ref c, at))
            : TEpilogue.ReadsOther ? TOps.Load(ref Unsafe.Add(ref other, at))
            : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, scale, old);
        if (TEpilogue.MasksPadding && isRest)
        {
            result = TOps.KeepFirst(result, TShape.Columns % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref c, at));
    }
}
