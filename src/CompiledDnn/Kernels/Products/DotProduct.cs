using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, j] = bias[j] + Σk P[r, k] Q[j, k]: lanes run across the terms, both rows are read as vectors.</summary>
/// <remarks>
/// A tile is up to 4 rows of P × 5 rows of Q: twenty sums c00 ... c34, nine vectors loaded for twenty multiply-adds. A sum's lanes are
/// added up at the end, in an order that does not depend on the tile. Long rows are done in blocks of terms, the partial sums
/// of a block kept as vectors in memory; where the layer says so, in two halves, each of them a sum over lanes by itself (<see cref="InputHalves"/>).
/// Rows of P and Q are padded with zeros to whole cache lines, at least as far as whole vectors reach. Each row of C is followed by zeros up
/// to its stride, so that it can be read as vectors in its turn.
/// </remarks>
internal readonly ref partial struct DotProduct<T, TShape> : IKernel<T>
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
    private readonly int _first;
    private readonly int _end;
    private readonly bool _adds;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; a null reference for zeros.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The batch size.</param>
    public DotProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m)
        : this(in p, in q, in bias, ref c, m, 0, TShape.Terms(m), adds: false)
    {
    }

    private DotProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m, int first, int end, bool adds)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _c = ref c;
        _m = m;
        _first = first;
        _end = end;
        _adds = adds;
    }

    /// <summary>Σk P[r, k] Q[j, k] over the first half of the terms, with the bias.</summary>
    public static DotProduct<T, TShape> FirstHalf(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m) =>
        new(in p, in q, in bias, ref c, m, 0, Border(m), adds: false);

    /// <summary>The same over the second half of the terms, without a bias.</summary>
    public static DotProduct<T, TShape> SecondHalf(ref readonly T p, ref readonly T q, ref T c, int m) =>
        new(in p, in q, in Unsafe.NullRef<T>(), ref c, m, Border(m), TShape.Terms(m), adds: false);

    private static int BlockTerms =>
        Math.Clamp(CachedBytes / TShape.Columns, ShortestBlock, LongestBlock) / AlignedBlock<T>.Alignment * AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TShape.IsHalved && _end - _first == TShape.Terms(_m))
        {
            FirstHalf(in _p, in _q, in _bias, ref _c, _m).Sums<TOps, TVector>();
            new DotProduct<T, TShape>(in _p, in _q, in _bias, ref _c, _m, Border(_m), TShape.Terms(_m), adds: true).Sums<TOps, TVector>();
        }
        else
        {
            Sums<TOps, TVector>();
        }
    }

    private static int Border(int m) => InputHalves.DotBorder(TShape.Terms(m), Unsafe.SizeOf<T>());

    private void Sums<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        if (_end - _first <= BlockTerms || TShape.Columns > MostBlockedColumns)
        {
            Bands<TOps, TVector>(0, rows, _first, _end, []);
            return;
        }

        // Taken whatever the batch, so that a larger one takes no more.
        Span<T> partial = KernelScratch<T>.Get(GroupRows * TShape.Columns * TOps.Count);
        if (rows <= TileShape.DotRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>())))
        {
            Bands<TOps, TVector>(0, rows, _first, _end, []);
            return;
        }

        int groups = (rows + GroupRows - 1) / GroupRows;
        int row = 0;
        for (int group = 0; group < groups; group++)
        {
            int end = row + ((rows - row) / (groups - group));
            for (int first = _first; first < _end; first += BlockTerms)
            {
                Bands<TOps, TVector>(row, end, first, Math.Min(_end, first + BlockTerms), partial);
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

        if (end == _end)
        {
            for (int r = 0; r < TRows.Value; r++)
            {
                ClearPadding(row + r);
            }
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
