using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>P of an outer product, packed tile by tile.</summary>
internal static class OuterFactors
{
    /// <summary>For each tile its numbers of P term after term, so that they and the copy of Q together fit the L1 cache.</summary>
    /// <param name="p">P.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="packed">rows × terms numbers; overwritten.</param>
    /// <param name="tallest">Rows of a tile at most.</param>
    public static void Pack<T, TShape>(ref readonly T p, int m, Span<T> packed, int tallest)
        where T : unmanaged
        where TShape : struct, IProductShape
    {
        int rows = TShape.Rows(m);
        int terms = TShape.Terms(m);
        int to = 0;
        for (int row = 0; row < rows;)
        {
            int height = TileShape.NextRows(rows - row, tallest);
            for (int k = 0; k < terms; k++)
            {
                for (int r = row; r < row + height; r++)
                {
                    packed[to++] = Unsafe.Add(ref Unsafe.AsRef(in p), ((nint)r * TShape.PRowStride) + ((nint)k * TShape.PTermStride));
                }
            }

            row += height;
        }
    }
}
