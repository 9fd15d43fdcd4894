using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(Σk P[r, k] Q[k, :]) of one to three terms: the gradient of a layer with lanes across outputs and so few examples.</summary>
/// <remarks>
/// There is next to nothing to multiply, and all of C is read and written. So Q stays in registers, q00 to q27, and C goes past in whole
/// rows, one after the other, as memory likes it. Every number is summed in the order of k, from zero on: the bits are those of a
/// <see cref="BroadcastProduct{T, TShape, TEpilogue}"/>.
/// </remarks>
internal readonly ref struct FewTermsProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>More terms would leave too few registers for vectors of Q.</summary>
    public const int MostTerms = 3;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref T _c;
    private readonly T _scale;
    private readonly int _terms;
    private readonly int _rows;

    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="c">C, rows padded likewise.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="terms">How many terms, from 1 to <see cref="MostTerms"/>.</param>
    /// <param name="rows">Rows of C.</param>
    public FewTermsProduct(ref readonly T p, ref readonly T q, ref T c, T scale, int terms, int rows)
    {
        _p = ref p;
        _q = ref q;
        _c = ref c;
        _scale = scale;
        _terms = terms;
        _rows = rows;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (_terms)
        {
            case 3:
                Terms<TOps, TVector, Three>();
                break;
            case 2:
                Terms<TOps, TVector, Two>();
                break;
            default:
                Terms<TOps, TVector, One>();
                break;
        }
    }

    private void Terms<TOps, TVector, TTerms>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TTerms : struct, ITileSize
    {
        int widest = TileShape.FewVectors(TTerms.Value, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int left = (TShape.Columns + TOps.Count - 1) / TOps.Count;
        for (int column = 0; left > 0;)
        {
            int width = TileShape.NextRows(left, widest);
            switch (width)
            {
                case 8:
                    Tile<TOps, TVector, TTerms, Eight>(column);
                    break;
                case 7:
                    Tile<TOps, TVector, TTerms, Seven>(column);
                    break;
                case 6:
                    Tile<TOps, TVector, TTerms, Six>(column);
                    break;
                case 5:
                    Tile<TOps, TVector, TTerms, Five>(column);
                    break;
                case 4:
                    Tile<TOps, TVector, TTerms, Four>(column);
                    break;
                case 3:
                    Tile<TOps, TVector, TTerms, Three>(column);
                    break;
                case 2:
                    Tile<TOps, TVector, TTerms, Two>(column);
                    break;
                default:
                    Tile<TOps, TVector, TTerms, One>(column);
                    break;
            }

            column += width * TOps.Count;
            left -= width;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TTerms, TVectors>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TTerms : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        ref T p = ref Unsafe.AsRef(in _p);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        ref T c = ref Unsafe.Add(ref _c, column);
        int rows = _rows;
        TVector scale = TOps.Broadcast(_scale);
        TVector q00 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 0), q01 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 1);
        TVector q02 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 2), q03 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 3);
        TVector q04 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 4), q05 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 5);
        TVector q06 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 6), q07 = Load<TOps, TVector, TTerms, TVectors>(ref q, 0, 7);
        TVector q10 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 0), q11 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 1);
        TVector q12 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 2), q13 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 3);
        TVector q14 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 4), q15 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 5);
        TVector q16 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 6), q17 = Load<TOps, TVector, TTerms, TVectors>(ref q, 1, 7);
        TVector q20 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 0), q21 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 1);
        TVector q22 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 2), q23 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 3);
        TVector q24 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 4), q25 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 5);
        TVector q26 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 6), q27 = Load<TOps, TVector, TTerms, TVectors>(ref q, 2, 7);
        for (int row = 0; row < rows; row++)
        {
            TVector p0 = TOps.Broadcast(p);
            TVector p1 = TTerms.Value > 1 ? TOps.Broadcast(Unsafe.Add(ref p, TShape.PTermStride)) : p0;
            TVector p2 = TTerms.Value > 2 ? TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PTermStride)) : p0;
            Finish<TOps, TVector, TTerms, TVectors, One>(p0, q00, p1, q10, p2, q20, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Two>(p0, q01, p1, q11, p2, q21, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Three>(p0, q02, p1, q12, p2, q22, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Four>(p0, q03, p1, q13, p2, q23, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Five>(p0, q04, p1, q14, p2, q24, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Six>(p0, q05, p1, q15, p2, q25, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Seven>(p0, q06, p1, q16, p2, q26, ref c, scale);
            Finish<TOps, TVector, TTerms, TVectors, Eight>(p0, q07, p1, q17, p2, q27, ref c, scale);
            p = ref Unsafe.Add(ref p, TShape.PRowStride);
            c = ref Unsafe.Add(ref c, TShape.CStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TOps, TVector, TTerms, TVectors>(ref T q, int term, int vector)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TTerms : struct, ITileSize
        where TVectors : struct, ITileSize =>
        term < TTerms.Value && vector < TVectors.Value ? TOps.Load(ref Unsafe.Add(ref q, (term * TShape.QStride) + (vector * TOps.Count))) : TOps.Zero;

    // A vector of a row by its number, if the tile has so many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector, TTerms, TVectors, TNumber>(
        TVector p0, TVector q0, TVector p1, TVector q1, TVector p2, TVector q2, ref T c, TVector scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TTerms : struct, ITileSize
        where TVectors : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TVectors.Value < TNumber.Value)
        {
            return;
        }

        TVector sum = TOps.MultiplyAdd(p0, q0, TOps.Zero);
        sum = TTerms.Value > 1 ? TOps.MultiplyAdd(p1, q1, sum) : sum;
        sum = TTerms.Value > 2 ? TOps.MultiplyAdd(p2, q2, sum) : sum;
        ref T at = ref Unsafe.Add(ref c, (TNumber.Value - 1) * TOps.Count);
        TOps.Store(TEpilogue.Finish<TOps, TVector>(sum, scale, TEpilogue.ReadsOld ? TOps.Load(ref at) : TOps.Zero), ref at);
    }
}
