using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The end of a tile of half a vector's columns: two rows of C, one in each half of a vector of finished sums.</summary>
internal static class PairedRows<T, TStrides, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TStrides : struct, IProductStrides
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>Two rows of a tile from the given one on, as far as the tile has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TOps, TVector, TRows>(int row, TVector sums, TVector inside, ref T aside, ref T c, T scale)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        if (TRows.Value <= row)
        {
            return;
        }

        ref T target = ref Unsafe.Add(ref c, row * TStrides.CStride);
        ref T source = ref TEpilogue.ReadsOld ? ref target : ref Unsafe.Add(ref aside, row * TStrides.CStride);
        TVector old = !TEpilogue.ReadsOld && !TEpilogue.ReadsOther ? TOps.Zero
            : HalfVectors.Load<TVector, T>(ref source, ref Unsafe.Add(ref source, TRows.Value > row + 1 ? TStrides.CStride : 0));
        TVector result = TEpilogue.Finish<TOps, TVector>(sums, TOps.Broadcast(scale), old);
        ref T next = ref Unsafe.Add(ref target, TStrides.CStride);
        if (TEpilogue.ReadsOld)
        {
            // Padding is zero already.
            HalfVectors.StoreLow(result, ref target);
            if (TRows.Value > row + 1)
            {
                HalfVectors.StoreHigh(result, ref next);
            }

            return;
        }

        // Whole vectors, which are read as such: from two stores no load would get them before they are in the cache.
        result = TEpilogue.MasksPadding ? TOps.Select(inside, result, TOps.Zero) : result;
        TOps.Store(HalfVectors.Low<TVector, T>(result), ref target);
        if (TRows.Value > row + 1)
        {
            TOps.Store(HalfVectors.High<TVector, T>(result), ref next);
        }
    }
}
