using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(bias + Σk P[r, k] Q[k, :]): lanes run across the columns of C, each number of P is broadcast.
/// </summary>
/// <remarks>
/// A tile is up to 6 rows × 4 vectors, or 8 rows of a single vector: c00 ... c73 are its sums, q0 to q3 a row of Q, and one register takes
/// the broadcast number. With vectors of 128 bits it is 2 rows × up to 6 vectors.
/// Every number of C is summed in the order of k whatever the tile, so its bits do not depend on where the tile's
/// borders fall. Rows of Q and C are padded to whole cache lines: the last vector reads zeros of Q and writes zeros to C. Where rows of Q
/// lie pages apart and many rows of C use them, a panel of Q is copied together first, and P where its terms do.
/// </remarks>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    // Terms between asking for a row of Q and using it: up to 24 multiply-adds each, together the latency of an L3 cache.
    private const int TermsAhead = 8;

    // Panels of Q are copied together where rows lie so far apart, if enough rows of C use them and they are not too long. A panel of 512-bit
    // vectors takes four lines of every row, one after the other, and asking for those ahead is nearly as good: the copy pays later.
    private const int RowsWorthPacking = 24;
    private const int RowsWorthPackingWide = 192;
    private const int MostPackedTerms = 2048;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _sums;
    private readonly ref readonly T _other;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _rows;
    private readonly int _terms;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, T scale, int m)
        : this(in p, in q, in bias, ref sums, ref c, scale, TShape.Rows(m), TShape.Terms(m))
    {
    }

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="rows">Rows of C, where they are not all of the shape's.</param>
    /// <param name="terms">Terms of each sum, where they are not all of the shape's.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, T scale, int rows, int terms)
    {
        _rows = rows;
        _terms = terms;
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _sums = ref sums;
        _other = ref Unsafe.NullRef<T>();
        _c = ref c;
        _scale = scale;
    }

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="other">What the epilogue reads beside the sums, laid out like C.</param>
    /// <param name="c">C; may be the same memory as <paramref name="other"/>.</param>
    /// <param name="m">The batch size.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T other, ref T c, int m)
    {
        _rows = TShape.Rows(m);
        _terms = TShape.Terms(m);
        _p = ref p;
        _q = ref q;
        _bias = ref Unsafe.NullRef<T>();
        _sums = ref Unsafe.NullRef<T>();
        _other = ref other;
        _c = ref c;
        _scale = T.One;
    }

    /// <summary>True if the product may copy of P or Q, into memory that is kept: it is taken by a product of no rows too.</summary>
    public static bool KeepsMemory
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasFarRows || CopiesRows;
    }

    // True if rows of Q lie so far apart that a panel of them may be copied together.
    private static bool HasFarRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TShape.QStride * Unsafe.SizeOf<T>() >= Prefetch.FarApart;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int registers = TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>());
        bool hasPairs = TileShape.HasPairs(TShape.Columns, TOps.Count, TOps.Count * Unsafe.SizeOf<T>());
        int widest = hasPairs ? TileShape.FewVectors(2, registers) : TileShape.BroadcastVectors(TShape.Columns, TOps.Count, registers);
        int vectors = (TShape.Columns + TOps.Count - 1) / TOps.Count;
        bool hasHalfTail = TileShape.HasHalfTail(TShape.Columns, TOps.Count, TOps.Count * Unsafe.SizeOf<T>());
        Span<T> packed = [];
        ref T copy = ref Unsafe.NullRef<T>();
        int copiedRows = 0;
        if (KeepsMemory && _terms <= MostPackedTerms)
        {
            // Taken whatever the rows, so that more of them take no more memory.
            int panel = !HasFarRows ? 0 : MostPackedTerms * (hasHalfTail ? Math.Max(widest, 3) : widest) * TOps.Count;
            Span<T> memory = KernelScratch<T>.Get(panel + (hasPairs ? 0 : CopiedNumbers));
            bool isWide = TOps.Count * Unsafe.SizeOf<T>() == 64;
            packed = HasFarRows && _rows >= (isWide ? RowsWorthPackingWide : RowsWorthPacking) ? memory[..panel] : [];
            if (CopiesRows && !hasPairs)
            {
                copiedRows = CopyRows(memory[panel..]);
                copy = ref memory[panel];
            }
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
                PanelCopy.Run<T>(ref q, TShape.QStride, _terms, packed, stride);
                q = ref packed[0];
            }

            if (hasPairs)
            {
                PairPanel<TOps, TVector>(width, column, ref q, stride);
                vector += width;
                continue;
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
                    Panel<TOps, TVector, Four>(column, ref q, stride, ref copy, copiedRows);
                    break;
                case 3:
                    Panel<TOps, TVector, Three>(column, ref q, stride, ref copy, copiedRows);
                    break;
                case 2:
                    Panel<TOps, TVector, Two>(column, ref q, stride, ref copy, copiedRows);
                    break;
                default:
                    Panel<TOps, TVector, One>(column, ref q, stride, ref copy, copiedRows);
                    break;
            }

            vector += width;
        }
    }

    // All rows of C under so many vectors of columns; the first of them from a copy of P.
    private void Panel<TOps, TVector, TVectors>(int column, ref T q, int stride, ref T copy, int copiedRows)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int rows = _rows;
        int tallest = TileShape.BroadcastRows(TVectors.Value, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int row = 0;
        if (CopiesRows && tallest == RowsOfCopy)
        {
            for (; row < copiedRows; row += RowsOfCopy)
            {
                Tile<TOps, TVector, Six, TVectors>(row, column, ref q, stride, ref Unsafe.Add(ref copy, row * _terms), RowsOfCopy);
            }
        }

        while (row < rows)
        {
            int tiles = (rows - row + tallest - 1) / tallest;
            int height = (rows - row + tiles - 1) / tiles;
            ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
            switch (height)
            {
                case 8:
                    Tile<TOps, TVector, Eight, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 7:
                    Tile<TOps, TVector, Seven, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 6:
                    Tile<TOps, TVector, Six, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 5:
                    Tile<TOps, TVector, Five, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 4:
                    Tile<TOps, TVector, Four, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 3:
                    Tile<TOps, TVector, Three, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                case 2:
                    Tile<TOps, TVector, Two, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
                default:
                    Tile<TOps, TVector, One, TVectors>(row, column, ref q, stride, ref p, TShape.PTermStride);
                    break;
            }

            row += height;
        }
    }
}
