using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>Rows of one vector each, of which one number is made: their sums or their greatest numbers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ILaneRows<T>
    where T : unmanaged
{
    /// <summary>A row.</summary>
    TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>What <see cref="LaneFold"/> makes of two numbers.</summary>
internal interface ILaneOperation
{
    /// <summary>True for the greater of both, false for their sum.</summary>
    static abstract bool IsGreatest { get; }
}

/// <summary>x + y.</summary>
internal readonly struct LaneSum : ILaneOperation
{
    public static bool IsGreatest => false;
}

/// <summary>The greater of x and y; either if one is NaN.</summary>
internal readonly struct LaneGreatest : ILaneOperation
{
    public static bool IsGreatest => true;
}

/// <summary>The sums over the lanes of as many rows as a vector has lanes, or their greatest lanes: lane i is that of row i.</summary>
/// <remarks>
/// A tree: two rows are folded in halves and lie side by side in one vector, two of these in quarters, and so on. Sixteen rows take 45
/// instructions, a sum over lanes by itself some ten. Each row is added up in the order of <see cref="IVectorOps{TVector, T}.Sum"/>, to the bit.
/// </remarks>
internal static class LaneFold
{
    /// <summary>Folds the rows from <paramref name="first"/> on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The row of lane 0.</param>
    /// <param name="count">How many rows there are; lanes behind the last of them hold numbers of rows that are there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Run<TOps, TVector, T, TOperation, TRows>(scoped in TRows rows, int first, int count)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TOperation : struct, ILaneOperation
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        if (typeof(TVector) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            Vector512<float> p = Four<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 0);
            Vector512<float> q = Four<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 1);
            Vector512<float> left = Neighbours<TOperation>(p, q);
            p = Four<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 2);
            q = Four<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 3);
            return (TVector)(object)Neighbours<TOperation>(left, Neighbours<TOperation>(p, q));
        }

        if (typeof(TVector) == typeof(Vector256<float>) && Avx.IsSupported)
        {
            Vector256<float> p = Two<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 0);
            Vector256<float> q = Two<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 1);
            Vector256<float> left = Neighbours<TOperation>(p, q);
            p = Two<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 2);
            q = Two<TOps, TVector, T, TOperation, TRows>(in rows, first, count, 3);
            return (TVector)(object)Neighbours<TOperation>(left, Neighbours<TOperation>(p, q));
        }

        TVector result = TOps.Zero;
        for (int lane = 0; lane < TOps.Count && first + lane < count; lane++)
        {
            TVector row = rows.Row<TOps, TVector>(first + lane);
            Unsafe.Add(ref Unsafe.As<TVector, T>(ref result), lane) = TOperation.IsGreatest ? TOps.Greatest(row) : TOps.Sum(row);
        }

        return result;
    }

    // Rows lane, lane + 4, lane + 8 and lane + 12: a quarter of a vector for each, folded twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four<TOps, TVector, T, TOperation, TRows>(scoped in TRows rows, int first, int count, int lane)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TOperation : struct, ILaneOperation
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        int row = first + lane;
        Vector512<float> x = Halves<TOperation>(
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row, count - 1)),
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 4, count - 1)));
        Vector512<float> y = Halves<TOperation>(
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 8, count - 1)),
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 12, count - 1)));
        return Combine<TOperation>(Avx512F.Shuffle4x128(x, y, 0x88), Avx512F.Shuffle4x128(x, y, 0xDD));
    }

    // Rows lane and lane + 4: half a vector for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Two<TOps, TVector, T, TOperation, TRows>(scoped in TRows rows, int first, int count, int lane)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TOperation : struct, ILaneOperation
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        int row = first + lane;
        var x = (Vector256<float>)(object)rows.Row<TOps, TVector>(Math.Min(row, count - 1));
        var y = (Vector256<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 4, count - 1));
        return Combine<TOperation>(Avx.Permute2x128(x, y, 0x20), Avx.Permute2x128(x, y, 0x31));
    }

    // Both halves of x, then both of y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves<TOperation>(Vector512<float> x, Vector512<float> y)
        where TOperation : struct, ILaneOperation =>
        Combine<TOperation>(Avx512F.Shuffle4x128(x, y, 0x44), Avx512F.Shuffle4x128(x, y, 0xEE));

    // In each 128 bits: neighbours in x, then in y; the second time what was made of two neighbours and the next two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Neighbours<TOperation>(Vector512<float> x, Vector512<float> y)
        where TOperation : struct, ILaneOperation =>
        Combine<TOperation>(Avx512F.Shuffle(x, y, 0x88), Avx512F.Shuffle(x, y, 0xDD));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Neighbours<TOperation>(Vector256<float> x, Vector256<float> y)
        where TOperation : struct, ILaneOperation =>
        Combine<TOperation>(Avx.Shuffle(x, y, 0x88), Avx.Shuffle(x, y, 0xDD));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Combine<TOperation>(Vector512<float> x, Vector512<float> y)
        where TOperation : struct, ILaneOperation => TOperation.IsGreatest ? Vector512.MaxNative(x, y) : x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Combine<TOperation>(Vector256<float> x, Vector256<float> y)
        where TOperation : struct, ILaneOperation => TOperation.IsGreatest ? Vector256.MaxNative(x, y) : x + y;
}
