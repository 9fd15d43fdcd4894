using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, j] = bias[j] + Σk P[r, k] Q[j, k]: lanes run across the terms, both rows are read as vectors.</summary>
/// <remarks>
/// A tile is up to 4 rows of P × 5 rows of Q: twenty sums c00 ... c34, nine vectors loaded for twenty multiply-adds. A sum's lanes are
/// added up at the end, in an order that does not depend on the tile. Long rows are done in blocks of terms, the partial sums
/// of a block kept as vectors in memory. Rows of P and Q are padded with zeros to whole cache lines, at least as far as
/// whole vectors reach. Each row of C is followed by zeros up to its stride, so that it can be read as vectors in its turn.
/// </remarks>
internal readonly ref struct DotProduct<T, TShape> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
{
    // The block of Q that stays in the L1 cache while all rows of P pass by; half of such a cache or less.
    private const int CachedBytes = 28 * 1024;

    // A row of a block at the least, so that loading and keeping partial sums costs little beside it, and at the most.
    private const int ShortestBlock = 768;
    private const int LongestBlock = 4096;

    // With more columns than this, even the shortest block of Q does not fit.
    private const int MostBlockedColumns = CachedBytes / ShortestBlock;

    // Rows of P whose partial sums are kept at once: with 20 columns of 64 bytes they take 160 kB.
    private const int GroupRows = 128;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _c;
    private readonly int _m;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; a null reference for zeros.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The batch size.</param>
    public DotProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _c = ref c;
        _m = m;
    }

    private static int BlockTerms =>
        Math.Clamp(CachedBytes / TShape.Columns, ShortestBlock, LongestBlock) / AlignedBlock<T>.Alignment * AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        int terms = TShape.Terms(_m);
        if (terms <= BlockTerms || TShape.Columns > MostBlockedColumns)
        {
            Bands<TOps, TVector>(0, rows, 0, terms, []);
            return;
        }

        // Taken whatever the batch, so that a larger one takes no more.
        Span<T> partial = KernelScratch<T>.Get(GroupRows * TShape.Columns * TOps.Count);
        if (rows <= TileShape.DotRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>())))
        {
            Bands<TOps, TVector>(0, rows, 0, terms, []);
            return;
        }

        int groups = (rows + GroupRows - 1) / GroupRows;
        int row = 0;
        for (int group = 0; group < groups; group++)
        {
            int end = row + ((rows - row) / (groups - group));
            for (int first = 0; first < terms; first += BlockTerms)
            {
                Bands<TOps, TVector>(row, end, first, Math.Min(terms, first + BlockTerms), partial);
            }

            row = end;
        }
    }

    // A block of terms for the rows of a group, as many rows at a time as a tile has.
    private void Bands<TOps, TVector>(int row, int endRow, int first, int end, Span<T> partial)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int tallest = TileShape.DotRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        while (row < endRow)
        {
            int tiles = (endRow - row + tallest - 1) / tallest;
            int height = (endRow - row + tiles - 1) / tiles;
            switch (height)
            {
                case 4:
                    Band<TOps, TVector, Four>(row, first, end, partial);
                    break;
                case 3:
                    Band<TOps, TVector, Three>(row, first, end, partial);
                    break;
                case 2:
                    Band<TOps, TVector, Two>(row, first, end, partial);
                    break;
                default:
                    Band<TOps, TVector, One>(row, first, end, partial);
                    break;
            }

            row += height;
            partial = partial.IsEmpty ? partial : partial[(height * TShape.Columns * TOps.Count)..];
        }
    }

    // All columns of so many rows of C.
    private void Band<TOps, TVector, TRows>(int row, int first, int end, Span<T> partial)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        int widest = TileShape.DotColumns(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int column = 0;
        int tile = 0;
        while (column < TShape.Columns)
        {
            int tiles = (TShape.Columns - column + widest - 1) / widest;
            int width = (TShape.Columns - column + tiles - 1) / tiles;
            ref T sums = ref partial.IsEmpty ? ref Unsafe.NullRef<T>() : ref partial[column * TRows.Value * TOps.Count];

            // Each tile of a band asks for one row of the next band.
            int ahead = tile < TRows.Value && !partial.IsEmpty ? (TRows.Value + tile) * TShape.PRowStride : 0;
            switch (width)
            {
                case 5:
                    Tile<TOps, TVector, TRows, Five>(row, column, first, end, ahead, ref sums);
                    break;
                case 4:
                    Tile<TOps, TVector, TRows, Four>(row, column, first, end, ahead, ref sums);
                    break;
                case 3:
                    Tile<TOps, TVector, TRows, Three>(row, column, first, end, ahead, ref sums);
                    break;
                case 2:
                    Tile<TOps, TVector, TRows, Two>(row, column, first, end, ahead, ref sums);
                    break;
                default:
                    Tile<TOps, TVector, TRows, One>(row, column, first, end, ahead, ref sums);
                    break;
            }

            column += width;
            tile++;
        }

        if (end == TShape.Terms(_m))
        {
            for (int r = 0; r < TRows.Value; r++)
            {
                ClearPadding(row + r);
            }
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants. Sums of earlier blocks are in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile<TOps, TVector, TRows, TColumns>(int row, int column, int first, int end, int ahead, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        ref T p = ref PRow(row);
        ref T q = ref QRow(column);
        bool begins = first == 0;
        TVector c00 = Begin<TOps, TVector, TRows, TColumns>(0, 0, begins, ref sums);
        TVector c01 = Begin<TOps, TVector, TRows, TColumns>(0, 1, begins, ref sums);
        TVector c02 = Begin<TOps, TVector, TRows, TColumns>(0, 2, begins, ref sums);
        TVector c03 = Begin<TOps, TVector, TRows, TColumns>(0, 3, begins, ref sums);
        TVector c04 = Begin<TOps, TVector, TRows, TColumns>(0, 4, begins, ref sums);
        TVector c10 = Begin<TOps, TVector, TRows, TColumns>(1, 0, begins, ref sums);
        TVector c11 = Begin<TOps, TVector, TRows, TColumns>(1, 1, begins, ref sums);
        TVector c12 = Begin<TOps, TVector, TRows, TColumns>(1, 2, begins, ref sums);
        TVector c13 = Begin<TOps, TVector, TRows, TColumns>(1, 3, begins, ref sums);
        TVector c14 = Begin<TOps, TVector, TRows, TColumns>(1, 4, begins, ref sums);
        TVector c20 = Begin<TOps, TVector, TRows, TColumns>(2, 0, begins, ref sums);
        TVector c21 = Begin<TOps, TVector, TRows, TColumns>(2, 1, begins, ref sums);
        TVector c22 = Begin<TOps, TVector, TRows, TColumns>(2, 2, begins, ref sums);
        TVector c23 = Begin<TOps, TVector, TRows, TColumns>(2, 3, begins, ref sums);
        TVector c24 = Begin<TOps, TVector, TRows, TColumns>(2, 4, begins, ref sums);
        TVector c30 = Begin<TOps, TVector, TRows, TColumns>(3, 0, begins, ref sums);
        TVector c31 = Begin<TOps, TVector, TRows, TColumns>(3, 1, begins, ref sums);
        TVector c32 = Begin<TOps, TVector, TRows, TColumns>(3, 2, begins, ref sums);
        TVector c33 = Begin<TOps, TVector, TRows, TColumns>(3, 3, begins, ref sums);
        TVector c34 = Begin<TOps, TVector, TRows, TColumns>(3, 4, begins, ref sums);
        for (nint k = first; k < end; k += TOps.Count)
        {
            Prefetch.Rows<T, One>(ref Unsafe.Add(ref p, k), ahead);
            TVector p0 = TOps.Load(ref Unsafe.Add(ref p, k));
            TVector p1 = TRows.Value > 1 ? TOps.Load(ref Unsafe.Add(ref p, TShape.PRowStride + k)) : p0;
            TVector p2 = TRows.Value > 2 ? TOps.Load(ref Unsafe.Add(ref p, (2 * TShape.PRowStride) + k)) : p0;
            TVector p3 = TRows.Value > 3 ? TOps.Load(ref Unsafe.Add(ref p, (3 * TShape.PRowStride) + k)) : p0;
            TVector q0 = TOps.Load(ref Unsafe.Add(ref q, k));
            c00 = TOps.MultiplyAdd(p0, q0, c00);
            c10 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c10) : c10;
            c20 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c20) : c20;
            c30 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c30) : c30;

            if (TColumns.Value > 1)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, TShape.QStride + k));
                c01 = TOps.MultiplyAdd(p0, q0, c01);
                c11 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c11) : c11;
                c21 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c21) : c21;
                c31 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c31) : c31;
            }

            if (TColumns.Value > 2)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (2 * TShape.QStride) + k));
                c02 = TOps.MultiplyAdd(p0, q0, c02);
                c12 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c12) : c12;
                c22 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c22) : c22;
                c32 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c32) : c32;
            }

            if (TColumns.Value > 3)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (3 * TShape.QStride) + k));
                c03 = TOps.MultiplyAdd(p0, q0, c03);
                c13 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c13) : c13;
                c23 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c23) : c23;
                c33 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c33) : c33;
            }

            if (TColumns.Value > 4)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (4 * TShape.QStride) + k));
                c04 = TOps.MultiplyAdd(p0, q0, c04);
                c14 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c14) : c14;
                c24 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c24) : c24;
                c34 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c34) : c34;
            }
        }

        if (end < TShape.Terms(_m))
        {
            Keep<TOps, TVector, TRows, TColumns>(0, 0, c00, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 1, c01, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 2, c02, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 3, c03, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 4, c04, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 0, c10, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 1, c11, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 2, c12, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 3, c13, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 4, c14, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 0, c20, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 1, c21, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 2, c22, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 3, c23, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 4, c24, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 0, c30, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 1, c31, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 2, c32, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 3, c33, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 4, c34, ref sums);
            return;
        }

        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 0, c00);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 1, c01);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 2, c02);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 3, c03);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 4, c04);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 0, c10);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 1, c11);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 2, c12);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 3, c13);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 4, c14);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 0, c20);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 1, c21);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 2, c22);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 3, c23);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 4, c24);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 0, c30);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 1, c31);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 2, c32);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 3, c33);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 4, c34);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin<TOps, TVector, TRows, TColumns>(int r, int c, bool begins, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize =>
        begins || TRows.Value <= r || TColumns.Value <= c
            ? TOps.Zero
            : TOps.Load(ref Unsafe.Add(ref sums, ((r * TColumns.Value) + c) * TOps.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<TOps, TVector, TRows, TColumns>(int r, int c, TVector sum, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        if (TRows.Value > r && TColumns.Value > c)
        {
            TOps.Store(sum, ref Unsafe.Add(ref sums, ((r * TColumns.Value) + c) * TOps.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TOps, TVector, TRows, TColumns>(int row, int column, int r, int c, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        if (TRows.Value > r && TColumns.Value > c)
        {
            T bias = Unsafe.IsNullRef(in _bias) ? T.Zero : Unsafe.Add(ref Unsafe.AsRef(in _bias), column + c);
            Unsafe.Add(ref _c, ((nint)(row + r) * TShape.CStride) + column + c) = TOps.Sum(sum) + bias;
        }
    }

    private ref T PRow(int row) => ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);

    private ref T QRow(int column) => ref Unsafe.Add(ref Unsafe.AsRef(in _q), (nint)column * TShape.QStride);

    private void ClearPadding(int row)
    {
        for (int column = TShape.Columns; column < TShape.CStride; column++)
        {
            Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column) = T.Zero;
        }
    }
}
