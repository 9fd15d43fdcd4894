using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) of columns that fill two vectors, for the step of a small network.</summary>
/// <remarks>
/// A tile is up to 8 rows, or 6 with 16 registers, of two vectors of sums each: cR0 and cR1 are those of row R. Nothing is checked, and all
/// comes in registers: the sums of a small step have so few terms that a tile's fixed part counts. Twelve rows gained nothing more. Every number
/// is summed in the order of k, whatever tile it falls into: the bits are those of a <see cref="BroadcastProduct{T, TShape, TEpilogue}"/>.
/// </remarks>
internal static class TwinProduct<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>True if C is two vectors wide, and the second more than half full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TShape.Columns > TOps.Count
        && TShape.Columns <= 2 * TOps.Count
        && !TileShape.HasHalfTail(TShape.Columns, TOps.Count, TOps.Count * Unsafe.SizeOf<T>());

    /// <summary>The product.</summary>
    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="aside">The biases, or what the epilogue reads beside the sums, laid out like C; a null reference for neither.</param>
    /// <param name="c">C, rows padded to whole vectors.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    public static void Run<TOps, TVector>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int left = TShape.Rows(m);
        int tallest = TileShape.TwinRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        while (left > 0)
        {
            int height = TileShape.NextRows(left, tallest);
            Rows<TOps, TVector>(height, ref p, ref q, ref aside, ref c, scale, m);
            p = ref Unsafe.Add(ref p, height * TShape.PRowStride);
            c = ref Unsafe.Add(ref c, height * TShape.CStride);
            aside = ref TEpilogue.ReadsOther ? ref Unsafe.Add(ref aside, height * TShape.CStride) : ref aside;
            left -= height;
        }
    }

    private static void Rows<TOps, TVector>(int height, ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (height)
        {
            case 8:
                Tile<TOps, TVector, Eight>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 7:
                Tile<TOps, TVector, Seven>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 6:
                Tile<TOps, TVector, Six>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 5:
                Tile<TOps, TVector, Five>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 4:
                Tile<TOps, TVector, Four>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 3:
                Tile<TOps, TVector, Three>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 2:
                Tile<TOps, TVector, Two>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            default:
                Tile<TOps, TVector, One>(ref p, ref q, ref aside, ref c, scale, m);
                break;
        }
    }

    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants.
    [MethodImpl(KernelMethod.Alone)]
    private static void Tile<TOps, TVector, TRows>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        int terms = TShape.Terms(m);
        TVector c00 = TEpilogue.HasBias ? TOps.Load(ref aside) : TOps.Zero;
        TVector c01 = TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref aside, TOps.Count)) : TOps.Zero;
        TVector c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
        TVector c40 = c00, c41 = c01, c50 = c00, c51 = c01, c60 = c00, c61 = c01, c70 = c00, c71 = c01;
        for (int k = 0; k < terms; k++)
        {
            TVector q0 = TOps.Load(ref q), q1 = TOps.Load(ref Unsafe.Add(ref q, TOps.Count));
            Add<TOps, TVector, TRows, One>(ref p, q0, q1, ref c00, ref c01);
            Add<TOps, TVector, TRows, Two>(ref p, q0, q1, ref c10, ref c11);
            Add<TOps, TVector, TRows, Three>(ref p, q0, q1, ref c20, ref c21);
            Add<TOps, TVector, TRows, Four>(ref p, q0, q1, ref c30, ref c31);
            Add<TOps, TVector, TRows, Five>(ref p, q0, q1, ref c40, ref c41);
            Add<TOps, TVector, TRows, Six>(ref p, q0, q1, ref c50, ref c51);
            Add<TOps, TVector, TRows, Seven>(ref p, q0, q1, ref c60, ref c61);
            Add<TOps, TVector, TRows, Eight>(ref p, q0, q1, ref c70, ref c71);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish<TOps, TVector, TRows, One>(c00, c01, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Two>(c10, c11, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Three>(c20, c21, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Four>(c30, c31, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Five>(c40, c41, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Six>(c50, c51, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Seven>(c60, c61, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Eight>(c70, c71, ref aside, ref c, scale);
    }

    // A row of a tile by its number, if the tile has so many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TOps, TVector, TRows, TNumber>(ref T p, TVector q0, TVector q1, ref TVector sum0, ref TVector sum1)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TRows.Value >= TNumber.Value)
        {
            TVector broadcast = TOps.Broadcast(Unsafe.Add(ref p, (TNumber.Value - 1) * TShape.PRowStride));
            sum0 = TOps.MultiplyAdd(broadcast, q0, sum0);
            sum1 = TOps.MultiplyAdd(broadcast, q1, sum1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector, TRows, TNumber>(TVector sum0, TVector sum1, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TRows.Value >= TNumber.Value)
        {
            int at = (TNumber.Value - 1) * TShape.CStride;
            TileEnd<T, TShape, TEpilogue>.Vector<TOps, TVector>(sum0, at, ref aside, ref c, scale, isLast: false);
            TileEnd<T, TShape, TEpilogue>.Vector<TOps, TVector>(sum1, at + TOps.Count, ref aside, ref c, scale, isLast: true);
        }
    }
}
