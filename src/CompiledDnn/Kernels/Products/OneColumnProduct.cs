using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>C[r] = bias + Σk P[r, k] Q[k]: a layer of dot products with a single output, lanes across the terms.</summary>
/// <remarks>
/// P is read from its beginning to its end as memory likes it, two rows at a time, with four sums each, so that none waits for its last
/// multiply-add. Rows of P and Q are padded with zeros to whole cache lines, at least as far as whole vectors reach. A row's four sums are
/// the same in a tile of one row.
/// </remarks>
internal readonly ref struct OneColumnProduct<T, TShape> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
{
    // Of a longer Q, too little would be in the L1 cache beside the rows.
    private const int MostBytes = 16 * 1024;

    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _c;
    private readonly int _m;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The batch size.</param>
    public OneColumnProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T c, int m)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _c = ref c;
        _m = m;
    }

    // Where a row is a page or so, its lines are asked for two rows ahead: by itself the processor stops at the end of each page.
    private static bool IsLong
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TShape.PRowStride * Unsafe.SizeOf<T>() >= Prefetch.FarApart;
    }

    /// <summary>True if C has one column and Q is short enough.</summary>
    public static bool Fits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TShape.Columns == 1 && TShape.QStride * Unsafe.SizeOf<T>() <= MostBytes;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        int row = 0;
        for (; row + 2 <= rows; row += 2)
        {
            Tile<TOps, TVector, Two>(row);
        }

        if (row < rows)
        {
            Tile<TOps, TVector, One>(row);
        }
    }

    // c and d are the sums of the first and the second row.
    [MethodImpl(KernelMethod.Alone)]
    private void Tile<TOps, TVector, TRows>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.AsRef(in _q);
        TVector c0 = TOps.Zero, c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0;
        int terms = TShape.Terms(_m);
        int k = 0;
        for (; k + (4 * TOps.Count) <= terms; k += 4 * TOps.Count)
        {
            if (IsLong)
            {
                Prefetch.Rows<T, Four>(ref p, 2 * TShape.PRowStride);
                Prefetch.Rows<T, Four>(ref p, 3 * TShape.PRowStride);
            }

            TVector q0 = TOps.Load(ref q);
            TVector q1 = TOps.Load(ref Unsafe.Add(ref q, TOps.Count));
            TVector q2 = TOps.Load(ref Unsafe.Add(ref q, 2 * TOps.Count));
            TVector q3 = TOps.Load(ref Unsafe.Add(ref q, 3 * TOps.Count));
            c0 = Add<TOps, TVector>(ref p, 0, q0, c0);
            c1 = Add<TOps, TVector>(ref p, TOps.Count, q1, c1);
            c2 = Add<TOps, TVector>(ref p, 2 * TOps.Count, q2, c2);
            c3 = Add<TOps, TVector>(ref p, 3 * TOps.Count, q3, c3);
            if (TRows.Value > 1)
            {
                d0 = Add<TOps, TVector>(ref p, TShape.PRowStride, q0, d0);
                d1 = Add<TOps, TVector>(ref p, TShape.PRowStride + TOps.Count, q1, d1);
                d2 = Add<TOps, TVector>(ref p, TShape.PRowStride + (2 * TOps.Count), q2, d2);
                d3 = Add<TOps, TVector>(ref p, TShape.PRowStride + (3 * TOps.Count), q3, d3);
            }

            p = ref Unsafe.Add(ref p, 4 * TOps.Count);
            q = ref Unsafe.Add(ref q, 4 * TOps.Count);
        }

        // Fewer vectors than there are sums.
        for (; k < terms; k += TOps.Count)
        {
            TVector q0 = TOps.Load(ref q);
            c0 = Add<TOps, TVector>(ref p, 0, q0, c0);
            d0 = TRows.Value > 1 ? Add<TOps, TVector>(ref p, TShape.PRowStride, q0, d0) : d0;
            p = ref Unsafe.Add(ref p, TOps.Count);
            q = ref Unsafe.Add(ref q, TOps.Count);
        }

        Finish(row, TOps.Sum(TOps.Add(TOps.Add(c0, c1), TOps.Add(c2, c3))));
        if (TRows.Value > 1)
        {
            Finish(row + 1, TOps.Sum(TOps.Add(TOps.Add(d0, d1), TOps.Add(d2, d3))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TOps, TVector>(ref T p, int at, TVector q, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.MultiplyAdd(TOps.Load(ref Unsafe.Add(ref p, at)), q, sum);

    // Followed by zeros, so that the row can be read as vectors in its turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(int row, T sum)
    {
        ref T c = ref Unsafe.Add(ref _c, (nint)row * TShape.CStride);
        c = sum + _bias;
        for (int column = 1; column < TShape.CStride; column++)
        {
            Unsafe.Add(ref c, column) = T.Zero;
        }
    }
}
