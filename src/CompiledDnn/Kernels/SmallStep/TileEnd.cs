using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>How a small step's tiles end: sums through the epilogue to C, a vector at a constant distance from the tile's first number.</summary>
internal static class TileEnd<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>A vector of one row.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="at">How far from the tile's first number.</param>
    /// <param name="aside">What the epilogue reads beside the sums, laid out like C.</param>
    /// <param name="c">The tile's first number.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="isLast">True for the last vector of a row, which padding may follow in.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TOps, TVector>(TVector sum, int at, ref T aside, ref T c, T scale, bool isLast)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref Unsafe.Add(ref c, at))
            : TEpilogue.ReadsOther ? TOps.Load(ref Unsafe.Add(ref aside, at))
            : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(scale), old);
        if (TEpilogue.MasksPadding && isLast && TShape.Columns % TOps.Count != 0)
        {
            result = TOps.KeepFirst(result, TShape.Columns % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref c, at));
    }

    /// <summary>The last vectors of two rows, at most half full, whose sums share a vector. Zeros are written behind them.</summary>
    /// <param name="sums">The sums of both rows, half a vector each.</param>
    /// <param name="at">How far the first row's are from the tile's first number.</param>
    /// <param name="next">How far the second row's are; the same where there is no second row.</param>
    /// <param name="inside">All bits in the lanes of both halves that are columns, none in the others.</param>
    /// <param name="aside">What the epilogue reads beside the sums, laid out like C.</param>
    /// <param name="c">The tile's first number.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halves<TOps, TVector>(TVector sums, int at, int next, TVector inside, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector old = TEpilogue.ReadsOld ? HalfVectors.Load<TVector, T>(ref Unsafe.Add(ref c, at), ref Unsafe.Add(ref c, next))
            : TEpilogue.ReadsOther ? HalfVectors.Load<TVector, T>(ref Unsafe.Add(ref aside, at), ref Unsafe.Add(ref aside, next))
            : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sums, TOps.Broadcast(scale), old);
        if (TEpilogue.MasksPadding && TShape.Columns % TOps.Count != TOps.Count / 2)
        {
            result = TOps.Select(inside, result, TOps.Zero);
        }

        TOps.Store(HalfVectors.Low<TVector, T>(result), ref Unsafe.Add(ref c, at));
        if (next != at)
        {
            TOps.Store(HalfVectors.High<TVector, T>(result), ref Unsafe.Add(ref c, next));
        }
    }
}
