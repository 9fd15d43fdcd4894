using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(Σk P[r, k] Q[k, :]) where the rows of Q lie far apart and C has few rows: the gradient of a layer with a wide input.
/// </summary>
/// <remarks>
/// A tile is up to 10 rows × 2 vectors: c00 ... c91 are its sums, q0 and q1 a piece of a row of Q. Rows of Q that lie a multiple of 4096 bytes
/// apart fall into one set of the L1 cache, and into few of the L2 cache, and are gone when they would be wanted again. A single tile takes each
/// number once, so it reads the rows themselves and asks for them a few terms ahead: the processor does not follow such rows by itself.
/// Several tiles read a copy (<see cref="StripCopy{T, TShape}"/>), and with each term they copy a line of the strip that comes next: what Q
/// takes from beyond the L2 cache comes evenly, while the multiply-adds go on. The last columns are done first: the forward product ended with
/// them, and they may still be in a cache.
/// </remarks>
internal readonly ref partial struct OuterProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
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
    /// <param name="scale">What the epilogue multiplies by.</param>
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
            Pieces<TOps, TVector>();
            return;
        }

        int numbers = StripCopy<T, TShape>.Numbers(TermsAtOnce);
        Span<T> scratch = KernelScratch<T>.Get((2 * numbers) + (TermsAtOnce * rows));
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
            Span<T> factors = scratch[(2 * numbers)..];
            OuterFactors.Pack<T, TShape>(in part._p, part._m, factors, tallest);
            part.Strips<TOps, TVector>(scratch[..numbers], scratch[numbers..(2 * numbers)], factors);
        }
    }

    /// <summary>The columns of a share.</summary>
    public static (int First, int Count) Columns(Share share) => share.Of(TShape.Columns, InputHalves.DotMultiple(Unsafe.SizeOf<T>()));

    // One or two vectors of columns after the other, from the rows of Q.
    private void Pieces<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int width = 2 * TOps.Count;
        (int first, int count) = Columns(_share);
        int column = first + (count / width * width);
        int rest = first + count - column;
        for (int numbers = rest; column >= first; numbers = width, column -= width)
        {
            ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
            if (numbers > TOps.Count)
            {
                Rows<TOps, TVector, Two, OuterFar>(0, column, ref Unsafe.AsRef(in _p), ref q, 0, default, 0);
            }
            else if (numbers > 0)
            {
                Rows<TOps, TVector, One, OuterFar>(0, column, ref Unsafe.AsRef(in _p), ref q, 0, default, 0);
            }
        }
    }

    // One strip after the other. Of the one done first, which may be narrower, nobody has made a copy before.
    private void Strips<TOps, TVector>(Span<T> current, Span<T> other, Span<T> factors)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int terms = TShape.Terms(_m);
        int width = StripCopy<T, TShape>.Width;
        (int first, int count) = Columns(_share);
        int column = first + ((count - 1) / width * width);
        var copy = new StripCopy<T, TShape>(in _q, column, terms, current);
        copy.Part<TOps, TVector>(first + count - column);
        for (int end = first + count; column >= first; end = column, column -= width)
        {
            bool isLast = column == first;
            var next = new StripCopy<T, TShape>(in _q, isLast ? column : column - width, isLast ? 0 : terms, other);
            Strip<TOps, TVector>(column, end, copy, next, factors);
            copy = next;
            Span<T> free = current;
            current = other;
            other = free;
        }
    }

    // All rows of C under the columns of a strip, while the next strip is copied.
    private void Strip<TOps, TVector>(int column, int end, StripCopy<T, TShape> copy, StripCopy<T, TShape> next, Span<T> factors)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int line = 0;
        for (int at = column; at < end; at += 2 * TOps.Count)
        {
            line = end - at > TOps.Count
                ? Piece<TOps, TVector, Two>(at, ref copy.Place(at - column), copy.Pitch, next, line, factors)
                : Piece<TOps, TVector, One>(at, ref copy.Place(at - column), copy.Pitch, next, line, factors);
        }

        next.Lines<TOps, TVector>(line);
    }

    // All rows of C under one or two vectors of columns. Returns how many lines of the next strip are copied.
    private int Piece<TOps, TVector, TVectors>(int column, ref T q, int pitch, StripCopy<T, TShape> next, int line, Span<T> factors)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int terms = TShape.Terms(_m);
        for (int row = 0; row < TShape.Rows(_m);)
        {
            ref T p = ref factors[row * terms];
            if (line < next.AllLines)
            {
                row = Rows<TOps, TVector, TVectors, OuterCopying>(row, column, ref p, ref q, pitch, next, line);
                line += terms;
            }
            else
            {
                row = Rows<TOps, TVector, TVectors, OuterCopied>(row, column, ref p, ref q, pitch, next, line);
            }
        }

        return line;
    }
}
