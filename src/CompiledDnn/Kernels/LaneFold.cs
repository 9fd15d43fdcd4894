using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>Rows of one vector each, to be added up.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ILaneRows<T>
    where T : unmanaged
{
    /// <summary>A row.</summary>
    TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>The sums over the lanes of as many rows as a vector has lanes: lane i is that of row i.</summary>
/// <remarks>
/// A tree: two rows are folded in halves and lie side by side in one vector, two of these in quarters, and so on. Sixteen rows take 45
/// instructions, a sum over lanes by itself some ten. Each row is added up in the order of <see cref="IVectorOps{TVector, T}.Sum"/>, to the bit.
/// </remarks>
internal static class LaneFold
{
    /// <summary>Folds the first rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many rows there are, at least one. If they are fewer than lanes, the other lanes may hold anything.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Run<TOps, TVector, T, TRows>(scoped in TRows rows, int count)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        if (typeof(TVector) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            return count >= TOps.Count
                ? Tree512<TOps, TVector, T, TRows>(in rows, TOps.Count - 1)
                : Rest512<TOps, TVector, T, TRows>(rows, count - 1);
        }

        if (typeof(TVector) == typeof(Vector256<float>) && Avx.IsSupported)
        {
            return Tree256<TOps, TVector, T, TRows>(in rows, count - 1);
        }

        TVector result = TOps.Zero;
        for (int lane = 0; lane < TOps.Count && lane < count; lane++)
        {
            TVector row = rows.Row<TOps, TVector>(lane);
            Unsafe.Add(ref Unsafe.As<TVector, T>(ref result), lane) = TOps.Sum(row);
        }

        return result;
    }

    // Fewer rows than lanes, in a method of its own: elsewhere no row's number is held to the last one's.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TVector Rest512<TOps, TVector, T, TRows>(scoped TRows rows, int last)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct =>
        Tree512<TOps, TVector, T, TRows>(in rows, last);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tree512<TOps, TVector, T, TRows>(scoped in TRows rows, int last)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        Vector512<float> p = Four<TOps, TVector, T, TRows>(in rows, 0, last);
        Vector512<float> q = Four<TOps, TVector, T, TRows>(in rows, 1, last);
        Vector512<float> left = Neighbours(p, q);
        p = Four<TOps, TVector, T, TRows>(in rows, 2, last);
        q = Four<TOps, TVector, T, TRows>(in rows, 3, last);
        return (TVector)(object)Neighbours(left, Neighbours(p, q));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tree256<TOps, TVector, T, TRows>(scoped in TRows rows, int last)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        Vector256<float> p = Two<TOps, TVector, T, TRows>(in rows, 0, last);
        Vector256<float> q = Two<TOps, TVector, T, TRows>(in rows, 1, last);
        Vector256<float> left = Neighbours(p, q);
        p = Two<TOps, TVector, T, TRows>(in rows, 2, last);
        q = Two<TOps, TVector, T, TRows>(in rows, 3, last);
        return (TVector)(object)Neighbours(left, Neighbours(p, q));
    }

    // Rows row, row + 4, row + 8 and row + 12: a quarter of a vector for each, folded twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four<TOps, TVector, T, TRows>(scoped in TRows rows, int row, int last)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        Vector512<float> x = Halves(
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row, last)),
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 4, last)));
        Vector512<float> y = Halves(
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 8, last)),
            (Vector512<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 12, last)));
        return Avx512F.Shuffle4x128(x, y, 0x88) + Avx512F.Shuffle4x128(x, y, 0xDD);
    }

    // Rows row and row + 4: half a vector for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Two<TOps, TVector, T, TRows>(scoped in TRows rows, int row, int last)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, ILaneRows<T>, allows ref struct
    {
        var x = (Vector256<float>)(object)rows.Row<TOps, TVector>(Math.Min(row, last));
        var y = (Vector256<float>)(object)rows.Row<TOps, TVector>(Math.Min(row + 4, last));
        return Avx.Permute2x128(x, y, 0x20) + Avx.Permute2x128(x, y, 0x31);
    }

    // Both halves of x, then both of y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(Vector512<float> x, Vector512<float> y) =>
        Avx512F.Shuffle4x128(x, y, 0x44) + Avx512F.Shuffle4x128(x, y, 0xEE);

    // In each 128 bits: neighbours in x, then in y; the second time what was made of two neighbours and the next two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Neighbours(Vector512<float> x, Vector512<float> y) =>
        Avx512F.Shuffle(x, y, 0x88) + Avx512F.Shuffle(x, y, 0xDD);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Neighbours(Vector256<float> x, Vector256<float> y) =>
        Avx.Shuffle(x, y, 0x88) + Avx.Shuffle(x, y, 0xDD);
}
