using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Copies a panel of a matrix whose rows lie pages apart so that they follow each other.</summary>
internal static class PanelCopy
{
    // Further ahead than a product asks: a row is used for a few instructions only.
    private const int RowsAhead = 32;

    /// <summary>Copies a panel.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="stride">From row to row of the matrix.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="to">rows × columns numbers; overwritten.</param>
    /// <param name="columns">The panel's columns, at most four cache lines.</param>
    public static void Run<T>(ref T from, int stride, int rows, Span<T> to, int columns)
        where T : unmanaged
    {
        for (int row = 0; row < rows; row++)
        {
            Prefetch.Rows<T, Four>(ref from, RowsAhead * stride);
            MemoryMarshal.CreateReadOnlySpan(ref from, columns).CopyTo(to.Slice(row * columns, columns));
            from = ref Unsafe.Add(ref from, stride);
        }
    }
}
