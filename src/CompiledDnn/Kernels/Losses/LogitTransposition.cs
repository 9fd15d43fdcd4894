using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Rows of the last layer to columns and back, in squares of the widest vectors or of smaller ones.</summary>
internal static class LogitTransposition<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Rows to columns; examples that are not there, up to the end of a vector, count as zeros.</summary>
    /// <param name="z">The rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Takes a column for each output.</param>
    /// <param name="stride">From one column to the next; room for whole squares.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<TVector>(ref T z, int rows, ref T columns, int stride)
        where TVector : struct
    {
        int side = Side<TVector>();
        int row = 0;
        for (; row + side <= rows; row += side)
        {
            ReadSquares<TVector>(ref Row(ref z, row), side, ref Unsafe.Add(ref columns, row), stride);
        }

        if (row < rows)
        {
            ReadRest<TVector>(ref Row(ref z, row), rows - row, ref Unsafe.Add(ref columns, row), stride);
        }
    }

    /// <summary>Columns to rows.</summary>
    /// <param name="columns">A column for each output.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="a">Takes the rows; their padding becomes zero as far as squares go, and is left as it is behind.</param>
    /// <param name="rows">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TVector>(ref T columns, int stride, ref T a, int rows)
        where TVector : struct
    {
        int side = Side<TVector>();
        int row = 0;
        for (; row + side <= rows; row += side)
        {
            WriteSquares<TVector>(ref Unsafe.Add(ref columns, row), stride, ref Row(ref a, row), side);
        }

        if (row < rows)
        {
            WriteRest<TVector>(ref Unsafe.Add(ref columns, row), stride, ref Row(ref a, row), rows - row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Side<TVector>()
        where TVector : struct => WideSquare.Fits<TVector, T>() ? WideSquare.Side<T>() : Square.Side<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Row(ref T rows, int row) => ref Unsafe.Add(ref rows, (nint)row * TLayer.RowStride);

    // So many rows of one square's; the others count as zeros. Only a whole number of rows is a constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadSquares<TVector>(ref T from, int rows, ref T to, int stride)
        where TVector : struct
    {
        if (WideSquare.Fits<TVector, T>())
        {
            WideSquare.Transpose(ref from, TLayer.RowStride, rows, ref to, stride, Math.Min(TLayer.Outputs, WideSquare.Side<T>()));
            for (int column = WideSquare.Side<T>(); column < TLayer.Outputs; column += WideSquare.Side<T>())
            {
                WideSquare.Transpose(
                    ref Unsafe.Add(ref from, column), TLayer.RowStride, rows, ref Unsafe.Add(ref to, column * stride), stride, TLayer.Outputs - column);
            }

            return;
        }

        for (int column = 0; column < TLayer.Outputs; column += Square.Side<T>())
        {
            Square.Transpose(ref Unsafe.Add(ref from, column), TLayer.RowStride, rows, ref Unsafe.Add(ref to, column * stride), stride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadRest<TVector>(ref T from, int rows, ref T to, int stride)
        where TVector : struct => ReadSquares<TVector>(ref from, rows, ref to, stride);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteRest<TVector>(ref T from, int stride, ref T to, int rows)
        where TVector : struct
    {
        if (WideSquare.Fits<TVector, T>())
        {
            WriteSquares<TVector>(ref from, stride, ref to, rows);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < TLayer.Outputs; column++)
            {
                Unsafe.Add(ref Row(ref to, row), column) = Unsafe.Add(ref from, (column * stride) + row);
            }
        }
    }

    // So many rows of a square; smaller squares are whole.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteSquares<TVector>(ref T from, int stride, ref T to, int rows)
        where TVector : struct
    {
        if (WideSquare.Fits<TVector, T>())
        {
            WideSquare.Transpose(ref from, stride, Math.Min(TLayer.Outputs, WideSquare.Side<T>()), ref to, TLayer.RowStride, rows);
            for (int column = WideSquare.Side<T>(); column < TLayer.Outputs; column += WideSquare.Side<T>())
            {
                WideSquare.Transpose(
                    ref Unsafe.Add(ref from, column * stride), stride, TLayer.Outputs - column, ref Unsafe.Add(ref to, column), TLayer.RowStride, rows);
            }

            return;
        }

        int whole = TLayer.Outputs / Square.Side<T>() * Square.Side<T>();
        for (int column = 0; column < whole; column += Square.Side<T>())
        {
            Square.Transpose(ref Unsafe.Add(ref from, column * stride), stride, ref Unsafe.Add(ref to, column), TLayer.RowStride);
        }

        if (whole < TLayer.Outputs)
        {
            Square.Transpose(ref Unsafe.Add(ref from, whole * stride), stride, TLayer.Outputs - whole, ref Unsafe.Add(ref to, whole), TLayer.RowStride);
        }
    }
}
