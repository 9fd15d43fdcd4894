using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// C[r, :] = finish(bias + Σk P[r, k] Q[k, :]): lanes run across the columns of C, each number of P is broadcast.
/// </summary>
/// <remarks>
/// A tile is 4 rows × 2 vectors: c00 ... c31 are its sums, q0 and q1 a row of Q, and one register takes the broadcast number. What
/// does not fill a tile is done by narrower ones. Every number of C is summed in the order of k whatever the tile, so its bits do
/// not depend on where the tile's borders fall. Rows of Q and C are padded to whole cache lines: the last vector reads zeros of Q
/// and writes zeros to C.
/// </remarks>
internal readonly ref struct BroadcastProduct<T, TShape, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
    where TEpilogue : struct, IEpilogue<T>
{
    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref readonly T _bias;
    private readonly ref T _sums;
    private readonly ref T _c;
    private readonly int _m;

    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    /// <param name="bias">One number per column; unused without <c>TEpilogue.HasBias</c>.</param>
    /// <param name="sums">Where the unfinished sums go too, laid out like C; a null reference for nowhere.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The batch size.</param>
    public BroadcastProduct(ref readonly T p, ref readonly T q, ref readonly T bias, ref T sums, ref T c, int m)
    {
        _p = ref p;
        _q = ref q;
        _bias = ref bias;
        _sums = ref sums;
        _c = ref c;
        _m = m;
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        int vectors = TileShape.BroadcastVectors(TShape.Columns, TOps.Count);
        int column = 0;
        if (vectors == 2)
        {
            for (; column + TOps.Count < TShape.Columns; column += 2 * TOps.Count)
            {
                int row = 0;
                for (; row + TileShape.BroadcastRows <= rows; row += TileShape.BroadcastRows)
                {
                    Tile4x2<TOps, TVector>(row, column);
                }

                for (; row < rows; row++)
                {
                    Tile1x2<TOps, TVector>(row, column);
                }
            }
        }

        for (; column < TShape.Columns; column += TOps.Count)
        {
            int row = 0;
            for (; row + TileShape.BroadcastRows <= rows; row += TileShape.BroadcastRows)
            {
                Tile4x1<TOps, TVector>(row, column);
            }

            for (; row < rows; row++)
            {
                Tile1x1<TOps, TVector>(row, column);
            }
        }
    }

    private void Tile4x2<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        TVector c00 = Start<TOps, TVector>(column);
        TVector c01 = Start<TOps, TVector>(column + TOps.Count);
        TVector c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
        for (int k = 0; k < terms; k++)
        {
            TVector q0 = TOps.Load(ref q);
            TVector q1 = TOps.Load(ref Unsafe.Add(ref q, TOps.Count));
            TVector broadcast = TOps.Broadcast(p);
            c00 = TOps.MultiplyAdd(broadcast, q0, c00);
            c01 = TOps.MultiplyAdd(broadcast, q1, c01);
            broadcast = TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride));
            c10 = TOps.MultiplyAdd(broadcast, q0, c10);
            c11 = TOps.MultiplyAdd(broadcast, q1, c11);
            broadcast = TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride));
            c20 = TOps.MultiplyAdd(broadcast, q0, c20);
            c21 = TOps.MultiplyAdd(broadcast, q1, c21);
            broadcast = TOps.Broadcast(Unsafe.Add(ref p, 3 * TShape.PRowStride));
            c30 = TOps.MultiplyAdd(broadcast, q0, c30);
            c31 = TOps.MultiplyAdd(broadcast, q1, c31);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish2<TOps, TVector>(row, column, c00, c01);
        Finish2<TOps, TVector>(row + 1, column, c10, c11);
        Finish2<TOps, TVector>(row + 2, column, c20, c21);
        Finish2<TOps, TVector>(row + 3, column, c30, c31);
    }

    private void Tile1x2<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        TVector c0 = Start<TOps, TVector>(column);
        TVector c1 = Start<TOps, TVector>(column + TOps.Count);
        for (int k = 0; k < terms; k++)
        {
            TVector broadcast = TOps.Broadcast(p);
            c0 = TOps.MultiplyAdd(broadcast, TOps.Load(ref q), c0);
            c1 = TOps.MultiplyAdd(broadcast, TOps.Load(ref Unsafe.Add(ref q, TOps.Count)), c1);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish2<TOps, TVector>(row, column, c0, c1);
    }

    private void Tile4x1<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        TVector c0 = Start<TOps, TVector>(column);
        TVector c1 = c0, c2 = c0, c3 = c0;
        for (int k = 0; k < terms; k++)
        {
            TVector q0 = TOps.Load(ref q);
            c0 = TOps.MultiplyAdd(TOps.Broadcast(p), q0, c0);
            c1 = TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride)), q0, c1);
            c2 = TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride)), q0, c2);
            c3 = TOps.MultiplyAdd(TOps.Broadcast(Unsafe.Add(ref p, 3 * TShape.PRowStride)), q0, c3);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish<TOps, TVector>(row, column, c0);
        Finish<TOps, TVector>(row + 1, column, c1);
        Finish<TOps, TVector>(row + 2, column, c2);
        Finish<TOps, TVector>(row + 3, column, c3);
    }

    private void Tile1x1<TOps, TVector>(int row, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int terms = TShape.Terms(_m);
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), column);
        TVector sum = Start<TOps, TVector>(column);
        for (int k = 0; k < terms; k++)
        {
            sum = TOps.MultiplyAdd(TOps.Broadcast(p), TOps.Load(ref q), sum);
            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, TShape.QStride);
        }

        Finish<TOps, TVector>(row, column, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Start<TOps, TVector>(int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TEpilogue.HasBias ? TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column)) : TOps.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish2<TOps, TVector>(int row, int column, TVector sum0, TVector sum1)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        Finish<TOps, TVector>(row, column, sum0);
        Finish<TOps, TVector>(row, column + TOps.Count, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TOps, TVector>(int row, int column, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = ((nint)row * TShape.CStride) + column;
        if (!Unsafe.IsNullRef(ref _sums))
        {
            TOps.Store(sum, ref Unsafe.Add(ref _sums, at));
        }

        TVector result = TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(T.CreateTruncating(_m)));
        if (TEpilogue.MasksPadding)
        {
            result = TOps.KeepFirst(result, Math.Min(TOps.Count, TShape.Columns - column));
        }

        TOps.Store(result, ref Unsafe.Add(ref _c, at));
    }
}
