using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(bias + Σk P[r, k] Q[k, :]) of no more columns than half a vector has lanes: two numbers that lie side by side in P are
/// loaded as one, so that a multiply-add does the work of two.
/// </summary>
/// <remarks>
/// Products of rows that are one cache line each share their code, whatever their sizes: with code of its own for every product, ten
/// layers of 7 would not fit the processor's cache of instructions.
/// </remarks>
internal static class PairedProduct<T, TShape, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>True if half a vector is as wide as C, and P has rows or terms side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        LanePairs.IsSupported<TVector, T>() && 2 * TShape.Columns <= TOps.Count && (TShape.PRowStride == 1 || TShape.PTermStride == 1);

    /// <summary>The product.</summary>
    /// <param name="p">P.</param>
    /// <param name="q">Q, rows padded to whole vectors.</param>
    /// <param name="aside">The biases, or what the epilogue reads beside the sums, laid out like C; a null reference for neither.</param>
    /// <param name="c">C, rows padded to whole vectors.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<TOps, TVector>(ref T p, ref T q, ref T aside, ref T c, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(m), terms = TShape.Terms(m), columns = TShape.Columns;
        int line = KernelGuard.WholeLines<T>(1);
        bool isInLines = TShape.QStride == line && TShape.CStride == line;
        if (TShape.PRowStride == 1 && TShape.PTermStride == line && isInLines)
        {
            PairedTiles<T, RowsInLines<T>, TEpilogue, RowPairTile<T, RowsInLines<T>, TEpilogue>>.Run<TOps, TVector>(
                ref p, ref q, ref aside, ref c, scale, rows, terms, columns);
        }
        else if (TShape.PRowStride == 1)
        {
            PairedTiles<T, TShape, TEpilogue, RowPairTile<T, TShape, TEpilogue>>.Run<TOps, TVector>(
                ref p, ref q, ref aside, ref c, scale, rows, terms, columns);
        }
        else if (TShape.QInPairs)
        {
            PairedTiles<T, PairsInLines<T>, TEpilogue, TermPairTile<T, PairsInLines<T>, TEpilogue>>.Run<TOps, TVector>(
                ref p, ref q, ref aside, ref c, scale, rows, terms, columns);
        }
        else if (TShape.PRowStride == line && isInLines)
        {
            PairedTiles<T, TermsInLines<T>, TEpilogue, TermPairTile<T, TermsInLines<T>, TEpilogue>>.Run<TOps, TVector>(
                ref p, ref q, ref aside, ref c, scale, rows, terms, columns);
        }
        else
        {
            PairedTiles<T, TShape, TEpilogue, TermPairTile<T, TShape, TEpilogue>>.Run<TOps, TVector>(
                ref p, ref q, ref aside, ref c, scale, rows, terms, columns);
        }
    }
}

/// <summary>Rows of P, Q and C of one cache line each, padded with zeros: the products of hidden layers, up and down.</summary>
internal readonly struct TermsInLines<T> : IProductStrides
    where T : unmanaged
{
    public static int PRowStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KernelGuard.WholeLines<T>(1);
    }

    public static int PTermStride => 1;

    public static int QStride => PRowStride;

    public static int CStride => PRowStride;
}

/// <summary>The same with rows of Q interleaved in pairs.</summary>
internal readonly struct PairsInLines<T> : IProductStrides
    where T : unmanaged
{
    public static int PRowStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KernelGuard.WholeLines<T>(1);
    }

    public static int PTermStride => 1;

    public static int QStride => PRowStride;

    public static int CStride => PRowStride;

    public static bool QInPairs => true;
}

/// <summary>Terms of P, and rows of Q and C, of one cache line each: the gradients of hidden layers.</summary>
internal readonly struct RowsInLines<T> : IProductStrides
    where T : unmanaged
{
    public static int PRowStride => 1;

    public static int PTermStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KernelGuard.WholeLines<T>(1);
    }

    public static int QStride => PTermStride;

    public static int CStride => PTermStride;
}
