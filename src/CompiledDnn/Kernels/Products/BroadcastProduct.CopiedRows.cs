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

    // Rows of a copied tile. The narrowest panels have taller ones, and read P where it lies.
    private const int RowsOfCopy = 6;

    /// <summary>Rows of a product at most, for whole tiles of all of them to be copied; any number where none are.</summary>
    /// <param name="rows">Rows that there are; they are divided evenly.</param>
    /// <param name="m">The batch size.</param>
    public static int RowsAtOnce(int rows, int m)
    {
        int terms = TShape.Terms(m);
        if (!CopiesRows || terms > MostPackedTerms || rows * (long)terms <= CopiedNumbers)
        {
            return rows;
        }

        int most = CopiedNumbers / terms / RowsOfCopy;
        int tiles = (rows + RowsOfCopy - 1) / RowsOfCopy;
        int parts = (tiles + most - 1) / most;
        return (tiles + parts - 1) / parts * RowsOfCopy;
    }

    // True if P is copied. Where the columns are so many that rows of Q lie pages apart, it pays; with a quarter of them it costs four per cent.
    private static bool CopiesRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KeepsMemory && TShape.PRowStride == 1 && TShape.PTermStride * Unsafe.SizeOf<T>() >= Prefetch.FarApart;
    }

    // Numbers of memory for a copy.
    private static int CopiedNumbers => CopiesRows ? MostCopiedBytes / Unsafe.SizeOf<T>() : 0;

    // Copies whole tiles, as many as there is memory for, and tells how many rows they are.
    private int CopyRows(Span<T> to)
    {
        int terms = TShape.Terms(_m);
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
