using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>
/// Rows of P that lie side by side while its terms lie pages apart, as a gradient has them: copied together, tile by tile. A tile's terms then
/// follow each other, and none waits for a page, or for a line that another tile has taken the cache for.
/// </content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // What a copy takes of an L2 cache at most: the panel of Q and what the epilogue reads need the rest.
    private const int MostCopiedBytes = 1280 * 1024;

    // Four panels of 512-bit vectors use a copy often enough. With two it costs up to five per cent, and wins no more than two.
    private const int ColumnBytesWorthCopying = 1024;

    // What a product's rows have of P at most where it is not copied: it stays in an L2 cache beside all of Q.
    private const int MostReadBytes = 128 * 1024;

    // Rows of a copied tile. The narrowest panels have taller ones, and read P where it lies.
    private const int RowsOfCopy = 6;

    /// <summary>
    /// Rows of a product at once, where terms of P lie pages apart: as many as there is memory to copy for, or else so few that what they have of P
    /// is still near when the next panel of Q comes.
    /// </summary>
    /// <param name="rows">Rows that there are; they are divided evenly.</param>
    /// <param name="m">The batch size.</param>
    public static int RowsAtOnce(int rows, int m)
    {
        int terms = TShape.Terms(m), numbers = CopiesRows ? CopiedNumbers : MostReadBytes / Unsafe.SizeOf<T>();
        if (!HasFarTerms || rows * (long)terms <= numbers)
        {
            return rows;
        }

        int most = Math.Max(numbers / terms / RowsOfCopy, 1);
        int tiles = (rows + RowsOfCopy - 1) / RowsOfCopy;
        int parts = (tiles + most - 1) / most;
        return (tiles + parts - 1) / parts * RowsOfCopy;
    }

    // True if rows of P lie side by side and its terms pages apart.
    private static bool HasFarTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TShape.PRowStride == 1 && TShape.PTermStride * Unsafe.SizeOf<T>() >= Prefetch.FarApart;
    }

    // True if P is copied.
    private static bool CopiesRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasFarTerms && TShape.QStride * Unsafe.SizeOf<T>() >= ColumnBytesWorthCopying;
    }

    // Numbers of memory for a copy.
    private static int CopiedNumbers => CopiesRows ? MostCopiedBytes / Unsafe.SizeOf<T>() : 0;

    // Copies whole tiles, as many as there is memory for, and tells how many rows they are.
    private int CopyRows(Span<T> to)
    {
        int terms = _terms;
        int tiles = Math.Min(_rows / RowsOfCopy, to.Length / (RowsOfCopy * terms));
        for (int tile = 0; tile < tiles; tile++)
        {
            ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), tile * RowsOfCopy);
            ref T copy = ref to[tile * RowsOfCopy * terms];
            for (int k = 0; k < terms; k++)
            {
                Unsafe.As<T, TermOfTile>(ref copy) = Unsafe.As<T, TermOfTile>(ref p);
                p = ref Unsafe.Add(ref p, TShape.PTermStride);
                copy = ref Unsafe.Add(ref copy, RowsOfCopy);
            }
        }

        return tiles * RowsOfCopy;
    }

    // A term's numbers for all rows of a tile: a copy of them is a few moves.
    [InlineArray(RowsOfCopy)]
    private struct TermOfTile
    {
        private T _first;
    }
}
