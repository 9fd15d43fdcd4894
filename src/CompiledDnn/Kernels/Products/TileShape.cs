using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// How much of a product is kept in registers at once. A pure function of the shape and the machine's vectors, in one source file
/// that is compiled into the runtime, where the JIT folds it, and into the generator, which prints its answer.
/// </summary>
/// <remarks>Inlined whatever the JIT thinks of it: where it has inlined much else, it would call for a constant.</remarks>
internal static class TileShape
{
    /// <summary>Rows of a dot tile on the side of the examples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotRows(int registers) => registers >= 32 ? 4 : 2;

    /// <summary>Rows of a dot tile on the side of the weights: sums, the examples' vectors and one of the weights must fit the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotColumns(int registers) => registers >= 32 ? 5 : 4;

    /// <summary>Vector registers that a kernel may count on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Registers(int vectorBytes) => vectorBytes == 64 ? 32 : 16;

    /// <summary>
    /// Vectors of a broadcast tile's columns at most: as many as leave room for enough rows, but no more than the columns fill.
    /// </summary>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BroadcastVectors(int columns, int lanes, int registers)
    {
        int vectors = (columns + lanes - 1) / lanes;
        int most = registers >= 32 ? 4 : 2;
        return vectors < most ? vectors : most;
    }

    /// <summary>
    /// Rows of a broadcast tile at most: sums, one row of vectors and one broadcast number must fit the registers, and six rows are
    /// enough to hide the latency of a multiply-add; with a single vector, eight.
    /// </summary>
    /// <param name="vectors">Vectors of the tile's columns.</param>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BroadcastRows(int vectors, int registers)
    {
        int rows = (registers - 1 - vectors) / vectors;
        int enough = vectors == 1 ? 8 : 6;
        return rows < enough ? rows : enough;
    }

    /// <summary>
    /// True if a product's tiles are pairs of rows × three to six vectors: few numbers to broadcast for each row of vectors, which 128-bit
    /// instructions do by a shuffle on the units that multiply and add.
    /// </summary>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="vectorBytes">Bytes of a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasPairs(int columns, int lanes, int vectorBytes) => vectorBytes == 16 && columns > 2 * lanes;

    /// <summary>
    /// True if a product's last vector is at most half full, and it is worth halving: two rows of a tile then share one vector of sums.
    /// </summary>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="vectorBytes">Bytes of a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasHalfTail(int columns, int lanes, int vectorBytes) =>
        vectorBytes >= 32 && columns > lanes && columns % lanes != 0 && columns % lanes <= lanes / 2;

    /// <summary>
    /// Rows of a broadcast tile whose last vector is shared by two rows, at most: sums, one row of vectors and two broadcast numbers must fit the
    /// registers. An even number.
    /// </summary>
    /// <param name="vectors">Vectors of the tile's columns, with the last.</param>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HalfTailRows(int vectors, int registers)
    {
        int rows = 2 * (registers - 2 - vectors) / ((2 * vectors) - 1) / 2 * 2;
        int enough = vectors == 2 ? 10 : 6;
        return rows < enough ? rows : enough;
    }

    /// <summary>Rows of an outer tile of two vectors at most: two sums a row, two vectors and one broadcast number must fit the registers.</summary>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OuterRows(int registers)
    {
        int rows = (registers - 3) / 2;
        return rows < 10 ? rows : 10;
    }

    /// <summary>Vectors of columns that so few rows or terms are done with at once: a register for each of both, one for each row or term, and two.</summary>
    /// <param name="few">Rows or terms.</param>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FewVectors(int few, int registers)
    {
        int vectors = (registers - 2 - few) / few;
        return vectors < 8 ? vectors : 8;
    }

    /// <summary>Rows of a broadcast tile of a single vector in the step of a small network: more sums than a multiply-add takes to be done.</summary>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NarrowRows(int registers) => registers >= 32 ? 16 : 12;

    /// <summary>Rows of a broadcast tile of two vectors in the step of a small network: their sums, two vectors and one broadcast number must fit the registers.</summary>
    /// <param name="registers">Vector registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TwinRows(int registers) => registers >= 32 ? 8 : 6;

    /// <summary>Rows of the next tile. Remainders are spread: twelve rows are two tiles of six, not ten and two.</summary>
    /// <param name="left">Rows that are left.</param>
    /// <param name="tallest">Rows of a tile at most.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextRows(int left, int tallest)
    {
        // The usual case of a small step, without a division.
        if (left <= tallest)
        {
            return left;
        }

        int tiles = (left + tallest - 1) / tallest;
        return (left + tiles - 1) / tiles;
    }

    /// <summary>Rows of the next tile whose rows go in pairs: an odd one is left for the last.</summary>
    /// <param name="left">Rows that are left.</param>
    /// <param name="tallest">Rows of a tile at most, an even number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextPairs(int left, int tallest)
    {
        int rows = NextRows(left, tallest);
        return rows < left ? (rows + 1) / 2 * 2 : rows;
    }
}
