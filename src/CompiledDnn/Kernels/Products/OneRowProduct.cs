using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[:] = finish(Σk P[k] Q[k, :]): the gradient of a layer of dot products with a single output.</summary>
/// <remarks>
/// A tile is up to sixteen vectors, c0 to c15: enough sums that none waits for its last multiply-add, and a long piece of each row of Q. Every
/// number is summed in the order of k.
/// </remarks>
internal readonly ref struct OneRowProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    // Terms between asking for a row of Q and using it.
    private const int TermsAhead = 4;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _m;
    private readonly int _first;
    private readonly int _count;

    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="c">C, padded likewise.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="columns">Which columns of C are worked out; the first begins a cache line.</param>
    public OneRowProduct(ref readonly T p, ref readonly T q, ref T c, T scale, int m, (int First, int Count) columns)
    {
        _p = ref p;
        _q = ref q;
        _c = ref c;
        _scale = scale;
        _m = m;
        (_first, _count) = columns;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int widest = TileShape.NarrowRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int left = (_count + TOps.Count - 1) / TOps.Count;
        for (int column = _first; left > 0;)
        {
            int width = TileShape.NextRows(left, widest);
            Columns<TOps, TVector>(width, column);
            column += width * TOps.Count;
            left -= width;
        }
    }

    private void Columns<TOps, TVector>(int width, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (width)
        {
            case 16:
                Tile<TOps, TVector, Sixteen>(column);
                break;
            case 15:
                Tile<TOps, TVector, Fifteen>(column);
                break;
            case 14:
                Tile<TOps, TVector, Fourteen>(column);
                break;
            case 13:
                Tile<TOps, TVector, Thirteen>(column);
                break;
            case 12:
                Tile<TOps, TVector, Twelve>(column);
                break;
            case 11:
                Tile<TOps, TVector, Eleven>(column);
                break;
            case 10:
                Tile<TOps, TVector, Ten>(column);
                break;
            case 9:
                Tile<TOps, TVector, Nine>(column);
                break;
            case 8:
                Tile<TOps, TVector, Eight>(column);
                break;
            case 7:
                Tile<TOps, TVector, Seven>(column);
                break;
            case 6:
                Tile<TOps, TVector, Six>(column);
                break;
            case 5:
                Tile<TOps, TVector, Five>(column);
                break;
            case 4:
                Tile<TOps, TVector, Four>(column);
                break;
            case 3:
                Tile<TOps, TVector, Three>(column);
                break;
            case 2:
                Tile<TOps, TVector, Two>(column);
                break;
            default:
                Tile<TOps, TVector, One>(column);
                break;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TVectors>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.AsRef(in _p);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        TVector c0 = TOps.Zero, c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        TVector c8 = c0, c9 = c0, c10 = c0, c11 = c0, c12 = c0, c13 = c0, c14 = c0, c15 = c0;
        for (int k = 0; k < terms; k++)
        {
            if (TShape.QStride * Unsafe.SizeOf<T>() >= Prefetch.FarApart)
            {
                Prefetch.Rows<T, Four>(ref q, TermsAhead * TShape.QStride);
                if (TVectors.Value > 4)
                {
                    Prefetch.Rows<T, Four>(ref q, (TermsAhead * TShape.QStride) + (4 * TOps.Count));
                }

                if (TVectors.Value > 8)
                {
                    Prefetch.Rows<T, Four>(ref q, (TermsAhead * TShape.QStride) + (8 * TOps.Count));
                }
            }

            TVector broadcast = TOps.Broadcast(p);
            c0 = Add<TOps, TVector>(broadcast, ref q, 0, c0);
            c1 = TVectors.Value > 1 ? Add<TOps, TVector>(broadcast, ref q, 1, c1) : c1;
            c2 = TVectors.Value > 2 ? Add<TOps, TVector>(broadcast, ref q, 2, c2) : c2;
            c3 = TVectors.Value > 3 ? Add<TOps, TVector>(broadcast, ref q, 3, c3) : c3;
            c4 = TVectors.Value > 4 ? Add<TOps, TVector>(broadcast, ref q, 4, c4) : c4;
            c5 = TVectors.Value > 5 ? Add<TOps, TVector>(broadcast, ref q, 5, c5) : c5;
            c6 = TVectors.Value > 6 ? Add<TOps, TVector>(broadcast, ref q, 6, c6) : c6;
            c7 = TVectors.Value > 7 ? Add<TOps, TVector>(broadcast, ref q, 7, c7) : c7;
            c8 = TVectors.Value > 8 ? Add<TOps, TVector>(broadcast, ref q, 8, c8) : c8;
            c9 = TVectors.Value > 9 ? Add<TOps, TVector>(broadcast, ref q, 9, c9) : c9;
            c10 = TVectors.Value > 10 ? Add<TOps, TVector>(broadcast, ref q, 10, c10) : c10;
            c11 = TVectors.Value > 11 ? Add<TOps, TVector>(broadcast, ref q, 11, c11) : c11;
            c12 = TVectors.Value > 12 ? Add<TOps, TVector>(broadcast, ref q, 12, c12) : c12;
            c13 = TVectors.Value > 13 ? Add<TOps, TVector>(broadcast, ref q, 13, c13) : c13;
            c14 = TVectors.Value > 14 ? Add<TOps, TVector>(broadcast, ref q, 14, c14) : c14;
            c15 = TVectors.Value > 15 ? Add<TOps, TVector>(broadcast, ref q, 15, c15) : c15;
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        ref T c = ref Unsafe.Add(ref _c, column);
        Finish<TOps, TVector, TVectors, One>(c0, ref c);
        Finish<TOps, TVector, TVectors, Two>(c1, ref c);
        Finish<TOps, TVector, TVectors, Three>(c2, ref c);
        Finish<TOps, TVector, TVectors, Four>(c3, ref c);
        Finish<TOps, TVector, TVectors, Five>(c4, ref c);
        Finish<TOps, TVector, TVectors, Six>(c5, ref c);
        Finish<TOps, TVector, TVectors, Seven>(c6, ref c);
        Finish<TOps, TVector, TVectors, Eight>(c7, ref c);
        Finish<TOps, TVector, TVectors, Nine>(c8, ref c);
        Finish<TOps, TVector, TVectors, Ten>(c9, ref c);
        Finish<TOps, TVector, TVectors, Eleven>(c10, ref c);
        Finish<TOps, TVector, TVectors, Twelve>(c11, ref c);
        Finish<TOps, TVector, TVectors, Thirteen>(c12, ref c);
        Finish<TOps, TVector, TVectors, Fourteen>(c13, ref c);
        Finish<TOps, TVector, TVectors, Fifteen>(c14, ref c);
        Finish<TOps, TVector, TVectors, Sixteen>(c15, ref c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TOps, TVector>(TVector broadcast, ref T q, int vector, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.MultiplyAdd(broadcast, TOps.Load(ref Unsafe.Add(ref q, vector * TOps.Count)), sum);

    // A vector of a tile by its number, if the tile has so many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector, TVectors, TNumber>(TVector sum, ref T c)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TVectors.Value < TNumber.Value)
        {
            return;
        }

        ref T at = ref Unsafe.Add(ref c, (TNumber.Value - 1) * TOps.Count);
        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref at) : TOps.Zero;
        TOps.Store(TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(_scale), old), ref at);
    }
}
