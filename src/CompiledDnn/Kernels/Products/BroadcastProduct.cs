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
internal readonly ref struct BroadcastProduct<T, TShape, TEpilogue> : IKernel<T>
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
        Span<T> packed = [];
        if (TShape.QStride * Unsafe.SizeOf<T>() >= FarApart && TShape.Terms(_m) <= MostPackedTerms)
        {
            // Taken whatever the rows, so that more of them take no more memory.
            packed = KernelScratch<T>.Get(MostPackedTerms * widest * TOps.Count);
            bool isWide = TOps.Count * Unsafe.SizeOf<T>() == 64;
            packed = _rows >= (isWide ? RowsWorthPackingWide : RowsWorthPacking) ? packed : [];
        }

        int vector = 0;
        while (vector < vectors)
        {
            // Remainders are spread: five vectors are three and two, not four and one.
            int panels = (vectors - vector + widest - 1) / widest;
            int width = (vectors - vector + panels - 1) / panels;
            int column = vector * TOps.Count;
            ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
            int stride = TShape.QStride;
            if (!packed.IsEmpty)
            {
                stride = width * TOps.Count;
                PanelCopy.Run<T>(ref q, TShape.QStride, TShape.Terms(_m), packed, stride);
                q = ref packed[0];
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
        if (TEpilogue.ReadsOld)
        {
            // The old numbers are wanted when the sums are done; asked for now, they are there by then.
            for (int r = 0; r < TRows.Value; r++)
            {
                Prefetch.Rows<T, TVectors>(ref Unsafe.Add(ref _c, ((nint)(row + r) * TShape.CStride) + column), 0);
            }
        }

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

        FinishRow<TOps, TVector, TVectors>(row, column, c00, c01, c02, c03);

        if (TRows.Value > 1)
        {
            FinishRow<TOps, TVector, TVectors>(row + 1, column, c10, c11, c12, c13);
        }

        if (TRows.Value > 2)
        {
            FinishRow<TOps, TVector, TVectors>(row + 2, column, c20, c21, c22, c23);
        }

        if (TRows.Value > 3)
        {
            FinishRow<TOps, TVector, TVectors>(row + 3, column, c30, c31, c32, c33);
        }

        if (TRows.Value > 4)
        {
            FinishRow<TOps, TVector, TVectors>(row + 4, column, c40, c41, c42, c43);
        }

        if (TRows.Value > 5)
        {
            FinishRow<TOps, TVector, TVectors>(row + 5, column, c50, c51, c52, c53);
        }

        if (TRows.Value > 6)
        {
            Finish<TOps, TVector>(row + 6, column, c60, isLast: true);
        }

        if (TRows.Value > 7)
        {
            Finish<TOps, TVector>(row + 7, column, c70, isLast: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Start<TOps, TVector>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column)) : TOps.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishRow<TOps, TVector, TVectors>(int row, int column, TVector sum0, TVector sum1, TVector sum2, TVector sum3)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        Finish<TOps, TVector>(row, column, sum0, isLast: TVectors.Value == 1);
        if (TVectors.Value > 1)
        {
            Finish<TOps, TVector>(row, column + TOps.Count, sum1, isLast: TVectors.Value == 2);
        }

        if (TVectors.Value > 2)
        {
            Finish<TOps, TVector>(row, column + (2 * TOps.Count), sum2, isLast: TVectors.Value == 3);
        }

        if (TVectors.Value > 3)
        {
            Finish<TOps, TVector>(row, column + (3 * TOps.Count), sum3, isLast: true);
        }
    }

    // Only the last vector of a tile can reach beyond the columns, by a number of lanes that is a constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector>(int row, int column, TVector sum, bool isLast)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = ((nint)row * TShape.CStride) + column;
        if (!Unsafe.IsNullRef(ref _sums))
        {
            TOps.Store(sum, ref Unsafe.Add(ref _sums, at));
        }

        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref Unsafe.Add(ref _c, at))
            : TEpilogue.ReadsOther ? TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _other), at))
            : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(_scale), old);
        if (TEpilogue.MasksPadding && isLast && TShape.Columns % TOps.Count != 0 && column + TOps.Count > TShape.Columns)
        {
            result = TOps.KeepFirst(result, TShape.Columns % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref _c, at));
    }
}
