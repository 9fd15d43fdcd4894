using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r, j] = bias[j] + Σk P[r, k] Q[j, k]: lanes run across the terms, both rows are read as vectors.</summary>
/// <remarks>
/// A tile is 2 rows of P × 4 rows of Q: eight sums, six vectors loaded for eight multiply-adds. A sum's lanes are added up at the
/// end, in an order that does not depend on the tile. Rows of P and Q are padded with zeros to whole cache lines, at least as far as
/// whole vectors reach. Each row of C is followed by zeros up to its stride, so that it can be read as vectors in its turn.
/// </remarks>
internal readonly ref struct DotProduct<T, TShape> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
{
    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _c;
    private readonly int _m;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; a null reference for zeros.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The batch size.</param>
    public DotProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _c = ref c;
        _m = m;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        int row = 0;
        for (; row + TileShape.DotRows <= rows; row += TileShape.DotRows)
        {
            int column = 0;
            for (; column + TileShape.DotColumns <= TShape.Columns; column += TileShape.DotColumns)
            {
                Tile2x4<TOps, TVector>(row, column);
            }

            for (; column < TShape.Columns; column++)
            {
                Tile1x1<TOps, TVector>(row, column);
                Tile1x1<TOps, TVector>(row + 1, column);
            }

            ClearPadding(row);
            ClearPadding(row + 1);
        }

        if (row < rows)
        {
            int column = 0;
            for (; column + TileShape.DotColumns <= TShape.Columns; column += TileShape.DotColumns)
            {
                Tile1x4<TOps, TVector>(row, column);
            }

            for (; column < TShape.Columns; column++)
            {
                Tile1x1<TOps, TVector>(row, column);
            }

            ClearPadding(row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile2x4<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T p = ref PRow(row);
        ref T q = ref QRow(column);
        TVector c00 = TOps.Zero, c01 = TOps.Zero, c02 = TOps.Zero, c03 = TOps.Zero;
        TVector c10 = TOps.Zero, c11 = TOps.Zero, c12 = TOps.Zero, c13 = TOps.Zero;
        for (int k = 0; k < TShape.Terms(_m); k += TOps.Count)
        {
            TVector p0 = TOps.Load(ref Unsafe.Add(ref p, k));
            TVector p1 = TOps.Load(ref Unsafe.Add(ref p, TShape.PRowStride + k));
            TVector q0 = TOps.Load(ref Unsafe.Add(ref q, k));
            c00 = TOps.MultiplyAdd(p0, q0, c00);
            c10 = TOps.MultiplyAdd(p1, q0, c10);
            q0 = TOps.Load(ref Unsafe.Add(ref q, TShape.QStride + k));
            c01 = TOps.MultiplyAdd(p0, q0, c01);
            c11 = TOps.MultiplyAdd(p1, q0, c11);
            q0 = TOps.Load(ref Unsafe.Add(ref q, (2 * TShape.QStride) + k));
            c02 = TOps.MultiplyAdd(p0, q0, c02);
            c12 = TOps.MultiplyAdd(p1, q0, c12);
            q0 = TOps.Load(ref Unsafe.Add(ref q, (3 * TShape.QStride) + k));
            c03 = TOps.MultiplyAdd(p0, q0, c03);
            c13 = TOps.MultiplyAdd(p1, q0, c13);
        }

        Store(row, column, TOps.Sum(c00));
        Store(row, column + 1, TOps.Sum(c01));
        Store(row, column + 2, TOps.Sum(c02));
        Store(row, column + 3, TOps.Sum(c03));
        Store(row + 1, column, TOps.Sum(c10));
        Store(row + 1, column + 1, TOps.Sum(c11));
        Store(row + 1, column + 2, TOps.Sum(c12));
        Store(row + 1, column + 3, TOps.Sum(c13));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile1x4<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T p = ref PRow(row);
        ref T q = ref QRow(column);
        TVector c0 = TOps.Zero, c1 = TOps.Zero, c2 = TOps.Zero, c3 = TOps.Zero;
        for (int k = 0; k < TShape.Terms(_m); k += TOps.Count)
        {
            TVector p0 = TOps.Load(ref Unsafe.Add(ref p, k));
            c0 = TOps.MultiplyAdd(p0, TOps.Load(ref Unsafe.Add(ref q, k)), c0);
            c1 = TOps.MultiplyAdd(p0, TOps.Load(ref Unsafe.Add(ref q, TShape.QStride + k)), c1);
            c2 = TOps.MultiplyAdd(p0, TOps.Load(ref Unsafe.Add(ref q, (2 * TShape.QStride) + k)), c2);
            c3 = TOps.MultiplyAdd(p0, TOps.Load(ref Unsafe.Add(ref q, (3 * TShape.QStride) + k)), c3);
        }

        Store(row, column, TOps.Sum(c0));
        Store(row, column + 1, TOps.Sum(c1));
        Store(row, column + 2, TOps.Sum(c2));
        Store(row, column + 3, TOps.Sum(c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile1x1<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T p = ref PRow(row);
        ref T q = ref QRow(column);
        TVector sum = TOps.Zero;
        for (int k = 0; k < TShape.Terms(_m); k += TOps.Count)
        {
            sum = TOps.MultiplyAdd(TOps.Load(ref Unsafe.Add(ref p, k)), TOps.Load(ref Unsafe.Add(ref q, k)), sum);
        }

        Store(row, column, TOps.Sum(sum));
    }

    private ref T PRow(int row) => ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);

    private ref T QRow(int column) => ref Unsafe.Add(ref Unsafe.AsRef(in _q), (nint)column * TShape.QStride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int row, int column, T sum)
    {
        T bias = Unsafe.IsNullRef(in _bias) ? T.Zero : Unsafe.Add(ref Unsafe.AsRef(in _bias), column);
        Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column) = sum + bias;
    }

    private void ClearPadding(int row)
    {
        for (int column = TShape.Columns; column < TShape.CStride; column++)
        {
            Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column) = T.Zero;
        }
    }
}
