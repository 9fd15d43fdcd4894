using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(Σk P[r, k] Q[k, :]) where the rows of Q lie far apart and C has few rows: the gradient of a layer with a wide input.
/// </summary>
/// <remarks>
/// A tile is up to 10 rows × 2 vectors: c00 ... c91 are its sums, q0 and q1 a piece of a row of Q. All rows of C are done for one piece
/// before the next. Rows of Q that lie a multiple of 4096 bytes apart fall into one set of the L1 cache and are gone when they would be
/// wanted again: the first tile of a piece leaves a copy of it, row after row, for the others. The processor does not follow such
/// rows by itself, so they are asked for a few terms ahead. The last piece is done first: the forward product ended with it, and it may
/// still be in a cache.
/// </remarks>
internal readonly ref struct OuterProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    // Terms between asking for a row of Q and using it, first for the L2 cache, which takes the latency of what lies behind it, then
    // for the L1 cache. All the rows on their way may lie in one set: it has eight ways or more.
    private const int TermsAheadInL2 = 20;
    private const int TermsAheadInL1 = 6;

    // Terms whose copy and whose numbers of P are kept at once; what more there are is added to C.
    private const int TermsAtOnce = 256;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _m;
    private readonly bool _adds;
    private readonly Share _share;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="c">C.</param>
    /// <param name="scale">What the epilogue multiplies or divides by.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="share">Which columns of C are worked out: borders lie at multiples of two cache lines.</param>
    public OuterProduct(ref readonly T p, ref readonly T q, ref T c, T scale, int m, Share share)
        : this(in p, in q, ref c, scale, m, share, adds: false)
    {
    }

    private OuterProduct(ref readonly T p, ref readonly T q, ref T c, T scale, int m, Share share, bool adds)
    {
        _share = share;
        _p = ref p;
        _q = ref q;
        _c = ref c;
        _scale = scale;
        _m = m;
        _adds = adds;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        int terms = TShape.Terms(_m);
        int tallest = TileShape.OuterRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        if (rows <= tallest)
        {
            // With a single tile nothing would read a copy.
            Pieces<TOps, TVector>([], []);
            return;
        }

        Span<T> scratch = KernelScratch<T>.Get(TermsAtOnce * ((2 * TOps.Count) + rows));
        Span<T> copy = scratch[..(TermsAtOnce * 2 * TOps.Count)];
        Span<T> factors = scratch[copy.Length..];
        for (int first = 0; first < terms; first += TermsAtOnce)
        {
            var part = new OuterProduct<T, TShape, TEpilogue>(
                in Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)first * TShape.PTermStride),
                in Unsafe.Add(ref Unsafe.AsRef(in _q), (nint)first * TShape.QStride),
                ref _c,
                _scale,
                Math.Min(TermsAtOnce, terms - first),
                _share,
                adds: first > 0);
            OuterFactors.Pack<T, TShape>(in part._p, part._m, factors, tallest);
            part.Pieces<TOps, TVector>(copy, factors);
        }
    }

    /// <summary>The columns of a share.</summary>
    public static (int First, int Count) Columns(Share share) => share.Of(TShape.Columns, 2 * KernelGuard.WholeLines<T>(1));

    private void Pieces<TOps, TVector>(Span<T> copy, Span<T> factors)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int width = 2 * TOps.Count;
        (int first, int count) = Columns(_share);
        int column = first + (count / width * width);
        int rest = first + count - column;
        if (rest > TOps.Count)
        {
            Piece<TOps, TVector, Two>(column, copy, factors);
        }
        else if (rest > 0)
        {
            Piece<TOps, TVector, One>(column, copy, factors);
        }

        for (column -= width; column >= first; column -= width)
        {
            Piece<TOps, TVector, Two>(column, copy, factors);
        }
    }

    // All rows of C under one or two vectors of columns.
    private void Piece<TOps, TVector, TVectors>(int column, Span<T> copy, Span<T> factors)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        if (copy.IsEmpty)
        {
            Rows<TOps, TVector, TVectors, OuterFar>(0, column, ref Unsafe.AsRef(in _p), ref q, ref q);
            return;
        }

        ref T near = ref MemoryMarshal.GetReference(copy);
        int row = Rows<TOps, TVector, TVectors, OuterFarCopied>(0, column, ref factors[0], ref q, ref near);
        while (row < TShape.Rows(_m))
        {
            row = Rows<TOps, TVector, TVectors, OuterNear>(row, column, ref factors[row * TShape.Terms(_m)], ref near, ref near);
        }
    }

    // The next rows of C, as many as a tile has; where they end.
    private int Rows<TOps, TVector, TVectors, TSource>(int row, int column, ref T p, ref T q, ref T copy)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
        where TSource : struct, IOuterSource
    {
        int height = OuterFactors.Height(TShape.Rows(_m) - row, TileShape.OuterRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>())));
        switch (height)
        {
            case 10:
                Tile<TOps, TVector, Ten, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 9:
                Tile<TOps, TVector, Nine, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 8:
                Tile<TOps, TVector, Eight, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 7:
                Tile<TOps, TVector, Seven, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 6:
                Tile<TOps, TVector, Six, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 5:
                Tile<TOps, TVector, Five, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 4:
                Tile<TOps, TVector, Four, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 3:
                Tile<TOps, TVector, Three, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            case 2:
                Tile<TOps, TVector, Two, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
            default:
                Tile<TOps, TVector, One, TVectors, TSource>(row, column, ref p, ref q, ref copy);
                break;
        }

        return row + height;
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile<TOps, TVector, TRows, TVectors, TSource>(int row, int column, ref T p, ref T q, ref T copy)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
        where TSource : struct, IOuterSource
    {
        int terms = TShape.Terms(_m);
        int pRowStride = TSource.IsCopied ? 1 : TShape.PRowStride;
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
            if (TSource.IsFar)
            {
                Prefetch.RowsIntoL2<T, TVectors>(ref q, TermsAheadInL2 * TShape.QStride);
                Prefetch.Rows<T, TVectors>(ref q, TermsAheadInL1 * TShape.QStride);
            }

            TVector q0 = TOps.Load(ref q);
            TVector q1 = TVectors.Value > 1 ? TOps.Load(ref Unsafe.Add(ref q, TOps.Count)) : q0;
            if (TSource.IsFar && TSource.IsCopied)
            {
                TOps.Store(q0, ref copy);
                if (TVectors.Value > 1)
                {
                    TOps.Store(q1, ref Unsafe.Add(ref copy, TOps.Count));
                }

                copy = ref Unsafe.Add(ref copy, 2 * TOps.Count);
            }

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
            q = ref Unsafe.Add(ref q, TSource.IsFar ? TShape.QStride : 2 * TOps.Count);
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
