using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) for the step of a small network: the kernel follows from the columns.</summary>
/// <remarks>
/// Up to two vectors of columns have kernels with everything in registers, since sums of few terms make a tile's fixed part count: with a
/// <see cref="BroadcastProduct{T, TShape, TEpilogue}"/> two vectors take up to 1.1 times as long.
/// </remarks>
internal static class SmallProduct<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>The product.</summary>
    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="aside">The biases, or what the epilogue reads beside the sums, laid out like C; a null reference for neither.</param>
    /// <param name="c">C, rows padded to whole vectors.</param>
    /// <param name="scale">What the epilogue multiplies by, where it reads nothing beside the sums.</param>
    /// <param name="m">The batch size.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (NarrowProduct<T, TShape, TEpilogue>.Fits<TOps, TVector>())
        {
            NarrowProduct<T, TShape, TEpilogue>.Run<TOps, TVector>(ref p, ref q, ref aside, ref c, scale, m);
        }
        else if (TwinProduct<T, TShape, TEpilogue>.Fits<TOps, TVector>())
        {
            TwinProduct<T, TShape, TEpilogue>.Run<TOps, TVector>(ref p, ref q, ref aside, ref c, scale, m);
        }
        else if (HalfTwinProduct<T, TShape, TEpilogue>.Fits<TOps, TVector>())
        {
            HalfTwinProduct<T, TShape, TEpilogue>.Run<TOps, TVector>(ref p, ref q, ref aside, ref c, scale, m);
        }
        else if (TEpilogue.ReadsOther)
        {
            new BroadcastProduct<T, TShape, TEpilogue>(in p, in q, in aside, ref c, m).Run<TOps, TVector>();
        }
        else
        {
            new BroadcastProduct<T, TShape, TEpilogue>(in p, in q, in aside, ref Unsafe.NullRef<T>(), ref c, scale, m).Run<TOps, TVector>();
        }
    }
}
