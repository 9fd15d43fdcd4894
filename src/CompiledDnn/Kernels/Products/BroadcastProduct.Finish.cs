using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>How tiles begin and end: from biases or zeros, and through the epilogue to C.</content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // The old numbers are wanted when the sums are done; asked for now, they are there by then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchOld<TRows, TVectors>(int row, int column)
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        if (TEpilogue.ReadsOld)
        {
            ref T c = ref Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column);
            for (int r = 0; r < TRows.Value; r++)
            {
                Prefetch.Rows<T, TVectors>(ref c, r * TShape.CStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Start<TOps, TVector>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column)) : TOps.Zero;

    // Where a tile's numbers lie in what is laid out like C; a null reference if there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Beside(ref readonly T block, nint at) =>
        ref Unsafe.IsNullRef(in block) ? ref Unsafe.AsRef(in block) : ref Unsafe.Add(ref Unsafe.AsRef(in block), at);

    // A row of a tile by its number. Only its last vector can reach beyond the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishRow<TOps, TVector, TVectors>(
        int row, ref T c, ref T other, ref T sums, TVector scale, TVector sum0, TVector sum1, TVector sum2, TVector sum3, bool isRest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int at = row * TShape.CStride;
        Finish<TOps, TVector>(at, ref c, ref other, ref sums, scale, sum0, TVectors.Value == 1 && isRest);
        if (TVectors.Value > 1)
        {
            Finish<TOps, TVector>(at + TOps.Count, ref c, ref other, ref sums, scale, sum1, TVectors.Value == 2 && isRest);
        }

        if (TVectors.Value > 2)
        {
            Finish<TOps, TVector>(at + (2 * TOps.Count), ref c, ref other, ref sums, scale, sum2, TVectors.Value == 3 && isRest);
        }

        if (TVectors.Value > 3)
        {
            Finish<TOps, TVector>(at + (3 * TOps.Count), ref c, ref other, ref sums, scale, sum3, isRest);
        }
    }

    // A vector at a constant distance from a tile's first. The one with the rest of the columns is short by a constant number of lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector>(int at, ref T c, ref T other, ref T sums, TVector scale, TVector sum, bool isRest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TEpilogue.HasBias && !Unsafe.IsNullRef(ref sums))
        {
            TOps.Store(sum, ref Unsafe.Add(ref sums, at));
        }

        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref Unsafe.Add(ref c, at))
            : TEpilogue.ReadsOther ? TOps.Load(ref Unsafe.Add(ref other, at))
            : TOps.Zero;
        TVector result = TEpilogue.Finish<TOps, TVector>(sum, scale, old);
        if (TEpilogue.MasksPadding && isRest)
        {
            result = TOps.KeepFirst(result, TShape.Columns % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref c, at));
    }
}
