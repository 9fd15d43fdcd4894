using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>C[r, j] = Σk P[r, k] Q[j, k] of few terms: what a layer with lanes across outputs passes down for few examples.</summary>
/// <remarks>
/// Of so few terms the sums over the lanes are most of the work. They are made for as many columns at once as a vector has lanes
/// (<see cref="LaneFold"/>). Every number is summed in the order of a <see cref="DotProduct{T, TShape}"/>, to the bit.
/// </remarks>
internal readonly ref struct FoldedProduct<T, TShape> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
{
    private readonly ref readonly T _p;
    private readonly ref readonly T _q;
    private readonly ref T _c;
    private readonly int _m;

    /// <param name="p">P, rows padded with zeros to whole vectors.</param>
    /// <param name="q">Q, padded likewise.</param>
    /// <param name="c">C, rows padded to whole cache lines.</param>
    /// <param name="m">The batch size.</param>
    public FoldedProduct(ref readonly T p, ref readonly T q, ref T c, int m)
    {
        _p = ref p;
        _q = ref q;
        _c = ref c;
        _m = m;
    }

    /// <summary>True if this machine's widest vectors are folded in a tree and four of them hold a row; elsewhere sums one by one are as good.</summary>
    public static bool Fits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) && TShape.Terms(1) <= 4 * (Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 0);
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rows = TShape.Rows(_m);
        for (int column = 0; column < TShape.Columns; column += TOps.Count)
        {
            ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in _q), (nint)column * TShape.QStride);
            int left = TShape.Columns - column;
            for (int row = 0; row < rows; row++)
            {
                var products = new FoldedRows<T, TShape>(ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride), ref q);
                TVector sums = LaneFold.Run<TOps, TVector, T, FoldedRows<T, TShape>>(in products, left);
                TOps.Store(
                    left < TOps.Count ? TOps.KeepFirst(sums, left) : sums, ref Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column));
            }
        }

        // What whole vectors have not reached.
        int end = (TShape.Columns + TOps.Count - 1) / TOps.Count * TOps.Count;
        for (int row = 0; row < rows; row++)
        {
            for (int column = end; column < TShape.CStride; column++)
            {
                Unsafe.Add(ref _c, ((nint)row * TShape.CStride) + column) = T.Zero;
            }
        }
    }
}

/// <summary>A row of P times each row of Q, lane by lane.</summary>
/// <param name="p">The row of P.</param>
/// <param name="q">The first row of Q.</param>
internal readonly ref struct FoldedRows<T, TShape>(ref T p, ref T q) : ILaneRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IProductShape
{
    private readonly ref T _p = ref p;
    private readonly ref T _q = ref q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)row * TShape.QStride;
        TVector sum = Add<TOps, TVector>(at, 0, TOps.Zero);
        sum = TShape.Terms(1) > TOps.Count ? Add<TOps, TVector>(at, TOps.Count, sum) : sum;
        sum = TShape.Terms(1) > 2 * TOps.Count ? Add<TOps, TVector>(at, 2 * TOps.Count, sum) : sum;
        return TShape.Terms(1) > 3 * TOps.Count ? Add<TOps, TVector>(at, 3 * TOps.Count, sum) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Add<TOps, TVector>(nint at, int term, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.MultiplyAdd(TOps.Load(ref Unsafe.Add(ref _p, term)), TOps.Load(ref Unsafe.Add(ref _q, at + term)), sum);
}
