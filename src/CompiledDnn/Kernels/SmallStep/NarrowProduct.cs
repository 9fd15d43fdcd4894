using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) of no more columns than a vector has lanes, for the step of a small network.</summary>
/// <remarks>
/// A tile is up to 16 rows, one vector of sums c0 ... c15 for each: with the eight that a <see cref="BroadcastProduct{T, TShape, TEpilogue}"/>
/// has beside a single vector, each sum waits for its last multiply-add. Nothing is checked, and all comes in registers. Every number
/// is summed in the order of k, whatever tile it falls into: the bits are those of the other kernel. Half a vector's columns or fewer go to
/// a <see cref="PairedProduct{T, TShape, TEpilogue}"/>.
/// </remarks>
internal static class NarrowProduct<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>True if a vector is as wide as C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TShape.Columns <= TOps.Count;

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
        if (PairedProduct<T, TShape, TEpilogue>.Fits<TOps, TVector>())
        {
            PairedProduct<T, TShape, TEpilogue>.Run<TOps, TVector>(ref p, ref q, ref aside, ref c, scale, m);
            return;
        }

        int left = TShape.Rows(m);
        int tallest = TileShape.NarrowRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
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
            case 16:
                Tile<TOps, TVector, Sixteen>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 15:
                Tile<TOps, TVector, Fifteen>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 14:
                Tile<TOps, TVector, Fourteen>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 13:
                Tile<TOps, TVector, Thirteen>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 12:
                Tile<TOps, TVector, Twelve>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 11:
                Tile<TOps, TVector, Eleven>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 10:
                Tile<TOps, TVector, Ten>(ref p, ref q, ref aside, ref c, scale, m);
                break;
            case 9:
                Tile<TOps, TVector, Nine>(ref p, ref q, ref aside, ref c, scale, m);
                break;
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
        TVector c0 = TEpilogue.HasBias ? TOps.Load(ref aside) : TOps.Zero;
        TVector c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        TVector c6 = c0, c7 = c0, c8 = c0, c9 = c0, c10 = c0;
        TVector c11 = c0, c12 = c0, c13 = c0, c14 = c0, c15 = c0;
        for (int k = 0; k < terms; k++)
        {
            TVector q0 = TOps.Load(ref q);
            c0 = Add<TOps, TVector>(ref p, 0, q0, c0);
            c1 = TRows.Value > 1 ? Add<TOps, TVector>(ref p, 1, q0, c1) : c1;
            c2 = TRows.Value > 2 ? Add<TOps, TVector>(ref p, 2, q0, c2) : c2;
            c3 = TRows.Value > 3 ? Add<TOps, TVector>(ref p, 3, q0, c3) : c3;
            c4 = TRows.Value > 4 ? Add<TOps, TVector>(ref p, 4, q0, c4) : c4;
            c5 = TRows.Value > 5 ? Add<TOps, TVector>(ref p, 5, q0, c5) : c5;
            c6 = TRows.Value > 6 ? Add<TOps, TVector>(ref p, 6, q0, c6) : c6;
            c7 = TRows.Value > 7 ? Add<TOps, TVector>(ref p, 7, q0, c7) : c7;
            c8 = TRows.Value > 8 ? Add<TOps, TVector>(ref p, 8, q0, c8) : c8;
            c9 = TRows.Value > 9 ? Add<TOps, TVector>(ref p, 9, q0, c9) : c9;
            c10 = TRows.Value > 10 ? Add<TOps, TVector>(ref p, 10, q0, c10) : c10;
            c11 = TRows.Value > 11 ? Add<TOps, TVector>(ref p, 11, q0, c11) : c11;
            c12 = TRows.Value > 12 ? Add<TOps, TVector>(ref p, 12, q0, c12) : c12;
            c13 = TRows.Value > 13 ? Add<TOps, TVector>(ref p, 13, q0, c13) : c13;
            c14 = TRows.Value > 14 ? Add<TOps, TVector>(ref p, 14, q0, c14) : c14;
            c15 = TRows.Value > 15 ? Add<TOps, TVector>(ref p, 15, q0, c15) : c15;
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish<TOps, TVector, TRows, One>(c0, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Two>(c1, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Three>(c2, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Four>(c3, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Five>(c4, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Six>(c5, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Seven>(c6, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Eight>(c7, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Nine>(c8, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Ten>(c9, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Eleven>(c10, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Twelve>(c11, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Thirteen>(c12, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Fourteen>(c13, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Fifteen>(c14, ref aside, ref c, scale);
        Finish<TOps, TVector, TRows, Sixteen>(c15, ref aside, ref c, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TOps, TVector>(ref T p, int row, TVector q, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, row * TShape.PRowStride)), q, sum);

    // A row of a tile by its number, if the tile has so many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector, TRows, TNumber>(TVector sum, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TNumber : struct, ITileSize
    {
        if (TRows.Value >= TNumber.Value)
        {
            TileEnd<T, TShape, TEpilogue>.Vector<TOps, TVector>(sum, (TNumber.Value - 1) * TShape.CStride, ref aside, ref c, scale, isLast: true);
        }
    }
}
