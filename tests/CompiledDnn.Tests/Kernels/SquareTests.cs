using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Squares turned on their side in registers, whole and with rows or columns that are not there. NaN lies around what may be read and written.</summary>
public class SquareTests
{
    [Fact]
    public void A_square_is_transposed_from_as_many_rows_as_there_are()
    {
        Small<float>();
        Small<double>();
    }

    [Fact]
    public void A_wide_square_is_transposed_into_as_many_rows_as_are_wanted()
    {
        Wide<float>();
        Wide<double>();
    }

    private static void Small<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Square.IsAccelerated)
        {
            return;
        }

        int side = Square.Side<T>();
        for (int rows = 0; rows <= side; rows++)
        {
            GuardedRows<T> from = GuardedRows<T>.Random(new Random(rows), Math.Max(rows, 1), side, side + 3), to = GuardedRows<T>.Unwritten(side, side, side + 5);
            Square.TransposeFirst(ref from.Span[0], side + 3, rows, ref to.Span[0], side + 5);
            to.AssertEquals($"{rows} rows", Turned(from, rows, side, side), 0);
        }
    }

    private static void Wide<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!WideSquare.Fits<Vector512<T>, T>())
        {
            return;
        }

        int side = WideSquare.Side<T>();
        for (int rows = 1; rows <= side; rows++)
        {
            for (int columns = 1; columns <= side; columns++)
            {
                GuardedRows<T> from = GuardedRows<T>.Random(new Random(rows), rows, side, side + 3);
                GuardedRows<T> to = GuardedRows<T>.Unwritten(columns, side, side + 5);
                WideSquare.Transpose(ref from.Span[0], side + 3, rows, ref to.Span[0], side + 5, columns);
                to.AssertEquals($"{rows} rows, {columns} columns", Turned(from, rows, columns, side), 0);
            }
        }
    }

    // Rows that are not there count as zeros.
    private static double[] Turned<T>(GuardedRows<T> from, int rows, int columns, int side)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, columns * side).Select(i => i % side < rows ? double.CreateTruncating(from[i % side, i / side]) : 0)];
}
