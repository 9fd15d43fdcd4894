using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>A tile in registers: up to 4 rows of P × 5 rows of Q.</content>
internal readonly ref partial struct DotProduct<T, TShape>
{
    // What a smaller tile has no use for, the JIT leaves out: the sizes are constants. Sums of earlier blocks are in memory.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TRows, TColumns>(int row, int column, int first, int end, int ahead, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        ref T p = ref PRow(row);
        ref T q = ref QRow(column);
        bool begins = first == _first;
        TVector c00 = Begin<TOps, TVector, TRows, TColumns>(0, 0, begins, ref sums);
        TVector c01 = Begin<TOps, TVector, TRows, TColumns>(0, 1, begins, ref sums);
        TVector c02 = Begin<TOps, TVector, TRows, TColumns>(0, 2, begins, ref sums);
        TVector c03 = Begin<TOps, TVector, TRows, TColumns>(0, 3, begins, ref sums);
        TVector c04 = Begin<TOps, TVector, TRows, TColumns>(0, 4, begins, ref sums);
        TVector c10 = Begin<TOps, TVector, TRows, TColumns>(1, 0, begins, ref sums);
        TVector c11 = Begin<TOps, TVector, TRows, TColumns>(1, 1, begins, ref sums);
        TVector c12 = Begin<TOps, TVector, TRows, TColumns>(1, 2, begins, ref sums);
        TVector c13 = Begin<TOps, TVector, TRows, TColumns>(1, 3, begins, ref sums);
        TVector c14 = Begin<TOps, TVector, TRows, TColumns>(1, 4, begins, ref sums);
        TVector c20 = Begin<TOps, TVector, TRows, TColumns>(2, 0, begins, ref sums);
        TVector c21 = Begin<TOps, TVector, TRows, TColumns>(2, 1, begins, ref sums);
        TVector c22 = Begin<TOps, TVector, TRows, TColumns>(2, 2, begins, ref sums);
        TVector c23 = Begin<TOps, TVector, TRows, TColumns>(2, 3, begins, ref sums);
        TVector c24 = Begin<TOps, TVector, TRows, TColumns>(2, 4, begins, ref sums);
        TVector c30 = Begin<TOps, TVector, TRows, TColumns>(3, 0, begins, ref sums);
        TVector c31 = Begin<TOps, TVector, TRows, TColumns>(3, 1, begins, ref sums);
        TVector c32 = Begin<TOps, TVector, TRows, TColumns>(3, 2, begins, ref sums);
        TVector c33 = Begin<TOps, TVector, TRows, TColumns>(3, 3, begins, ref sums);
        TVector c34 = Begin<TOps, TVector, TRows, TColumns>(3, 4, begins, ref sums);
        for (nint k = first; k < end; k += TOps.Count)
        {
            Prefetch.Rows<T, One>(ref Unsafe.Add(ref p, k), ahead);
            TVector p0 = TOps.Load(ref Unsafe.Add(ref p, k));
            TVector p1 = TRows.Value > 1 ? TOps.Load(ref Unsafe.Add(ref p, TShape.PRowStride + k)) : p0;
            TVector p2 = TRows.Value > 2 ? TOps.Load(ref Unsafe.Add(ref p, (2 * TShape.PRowStride) + k)) : p0;
            TVector p3 = TRows.Value > 3 ? TOps.Load(ref Unsafe.Add(ref p, (3 * TShape.PRowStride) + k)) : p0;
            TVector q0 = TOps.Load(ref Unsafe.Add(ref q, k));
            c00 = TOps.MultiplyAdd(p0, q0, c00);
            c10 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c10) : c10;
            c20 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c20) : c20;
            c30 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c30) : c30;

            if (TColumns.Value > 1)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, TShape.QStride + k));
                c01 = TOps.MultiplyAdd(p0, q0, c01);
                c11 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c11) : c11;
                c21 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c21) : c21;
                c31 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c31) : c31;
            }

            if (TColumns.Value > 2)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (2 * TShape.QStride) + k));
                c02 = TOps.MultiplyAdd(p0, q0, c02);
                c12 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c12) : c12;
                c22 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c22) : c22;
                c32 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c32) : c32;
            }

            if (TColumns.Value > 3)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (3 * TShape.QStride) + k));
                c03 = TOps.MultiplyAdd(p0, q0, c03);
                c13 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c13) : c13;
                c23 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c23) : c23;
                c33 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c33) : c33;
            }

            if (TColumns.Value > 4)
            {
                q0 = TOps.Load(ref Unsafe.Add(ref q, (4 * TShape.QStride) + k));
                c04 = TOps.MultiplyAdd(p0, q0, c04);
                c14 = TRows.Value > 1 ? TOps.MultiplyAdd(p1, q0, c14) : c14;
                c24 = TRows.Value > 2 ? TOps.MultiplyAdd(p2, q0, c24) : c24;
                c34 = TRows.Value > 3 ? TOps.MultiplyAdd(p3, q0, c34) : c34;
            }
        }

        if (end < _end)
        {
            Keep<TOps, TVector, TRows, TColumns>(0, 0, c00, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 1, c01, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 2, c02, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 3, c03, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(0, 4, c04, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 0, c10, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 1, c11, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 2, c12, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 3, c13, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(1, 4, c14, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 0, c20, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 1, c21, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 2, c22, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 3, c23, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(2, 4, c24, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 0, c30, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 1, c31, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 2, c32, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 3, c33, ref sums);
            Keep<TOps, TVector, TRows, TColumns>(3, 4, c34, ref sums);
            return;
        }

        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 0, c00);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 1, c01);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 2, c02);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 3, c03);
        Store<TOps, TVector, TRows, TColumns>(row, column, 0, 4, c04);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 0, c10);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 1, c11);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 2, c12);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 3, c13);
        Store<TOps, TVector, TRows, TColumns>(row, column, 1, 4, c14);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 0, c20);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 1, c21);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 2, c22);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 3, c23);
        Store<TOps, TVector, TRows, TColumns>(row, column, 2, 4, c24);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 0, c30);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 1, c31);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 2, c32);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 3, c33);
        Store<TOps, TVector, TRows, TColumns>(row, column, 3, 4, c34);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin<TOps, TVector, TRows, TColumns>(int r, int c, bool begins, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize =>
        begins || TRows.Value <= r || TColumns.Value <= c
            ? TOps.Zero
            : TOps.Load(ref Unsafe.Add(ref sums, ((r * TColumns.Value) + c) * TOps.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<TOps, TVector, TRows, TColumns>(int r, int c, TVector sum, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        if (TRows.Value > r && TColumns.Value > c)
        {
            TOps.Store(sum, ref Unsafe.Add(ref sums, ((r * TColumns.Value) + c) * TOps.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TOps, TVector, TRows, TColumns>(int row, int column, int r, int c, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        if (TRows.Value > r && TColumns.Value > c)
        {
            ref T destination = ref Unsafe.Add(ref _c, ((nint)(row + r) * TShape.CStride) + column + c);
            T before = _adds ? destination : Unsafe.IsNullRef(in _bias) ? T.Zero : Unsafe.Add(ref Unsafe.AsRef(in _bias), column + c);
            destination = TOps.Sum(sum) + before;
        }
    }
}
