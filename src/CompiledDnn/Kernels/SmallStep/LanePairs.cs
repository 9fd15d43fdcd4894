using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Vectors of pairs, the numbers of two rows of half a vector side by side, x[0], y[0], x[1], y[1] and so on, and their way
/// to and from halves, one row after the other. For 512 and 256 bits, where one load fills a vector with two numbers as with a single one.
/// </summary>
/// <remarks>Each operation is little more than a choice, so that the JIT inlines all of a tile's.</remarks>
internal static class LanePairs
{
    /// <summary>True if there are such instructions for this vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSupported<TVector, T>()
        where TVector : struct
        where T : unmanaged =>
        (typeof(TVector) == typeof(Vector512<T>) && Avx512F.IsSupported) || (typeof(TVector) == typeof(Vector256<T>) && Avx2.IsSupported);

    /// <summary>The two numbers from <paramref name="source"/> on in every pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast<TVector, T>(ref T source)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.Broadcast(ref source)
            : (TVector)(object)Pairs256<T>.Broadcast(ref source);

    /// <summary>Pairs of the first numbers from <paramref name="first"/> on with themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Twice<TVector, T>(ref T first)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.Twice(Vector512.LoadUnsafe(ref first))
            : (TVector)(object)Pairs256<T>.Twice(Vector256.LoadUnsafe(ref first));

    /// <summary>Pairs from the lower halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Interleave<TVector, T>(TVector x, TVector y)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.Interleave((Vector512<T>)(object)x, (Vector512<T>)(object)y)
            : (TVector)(object)Pairs256<T>.Interleave((Vector256<T>)(object)x, (Vector256<T>)(object)y);

    /// <summary>The first number of every pair, zero in place of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector KeepFirst<TVector, T>(TVector pairs)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.KeepFirst((Vector512<T>)(object)pairs)
            : (TVector)(object)Pairs256<T>.KeepFirst((Vector256<T>)(object)pairs);

    /// <summary>Halves of the first and of the second numbers of all pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Separate<TVector, T>(TVector pairs)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.Separate((Vector512<T>)(object)pairs)
            : (TVector)(object)Pairs256<T>.Separate((Vector256<T>)(object)pairs);

    /// <summary>Halves of the sums of all pairs of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sums<TVector, T>(TVector x, TVector y)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Pairs512<T>.Sums((Vector512<T>)(object)x, (Vector512<T>)(object)y)
            : (TVector)(object)Pairs256<T>.Sums((Vector256<T>)(object)x, (Vector256<T>)(object)y);
}

/// <summary>The same of 512 bits.</summary>
internal static class Pairs512<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(ref T source) =>
        typeof(T) == typeof(float)
            ? Vector512.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<T, byte>(ref source))).As<double, T>()
            : Vector512.Create(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Twice(Vector512<T> x) =>
        typeof(T) == typeof(float)
            ? Avx512F.PermuteVar16x32(x.AsInt32(), Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)).As<int, T>()
            : Avx512F.PermuteVar8x64(x.AsInt64(), Vector512.Create(0L, 0, 1, 1, 2, 2, 3, 3)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Interleave(Vector512<T> x, Vector512<T> y) =>
        typeof(T) == typeof(float)
            ? Avx512F.PermuteVar16x32x2(
                x.AsInt32(), Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), y.AsInt32()).As<int, T>()
            : Avx512F.PermuteVar8x64x2(x.AsInt64(), Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> KeepFirst(Vector512<T> pairs) =>
        pairs & (typeof(T) == typeof(float)
            ? Vector512.Create(0xFFFFFFFFL).As<long, T>()
            : Vector512.Create(-1L, 0, -1, 0, -1, 0, -1, 0).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Separate(Vector512<T> pairs) =>
        typeof(T) == typeof(float)
            ? Avx512F.PermuteVar16x32(pairs.AsInt32(), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15)).As<int, T>()
            : Avx512F.PermuteVar8x64(pairs.AsInt64(), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sums(Vector512<T> x, Vector512<T> y) =>
        typeof(T) == typeof(float)
            ? (Firsts(x.AsSingle(), y.AsSingle()) + Seconds(x.AsSingle(), y.AsSingle())).As<float, T>()
            : (Firsts(x.AsDouble(), y.AsDouble()) + Seconds(x.AsDouble(), y.AsDouble())).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Firsts(Vector512<float> x, Vector512<float> y) =>
        Avx512F.PermuteVar16x32x2(x, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Seconds(Vector512<float> x, Vector512<float> y) =>
        Avx512F.PermuteVar16x32x2(x, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Firsts(Vector512<double> x, Vector512<double> y) =>
        Avx512F.PermuteVar8x64x2(x, Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14), y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Seconds(Vector512<double> x, Vector512<double> y) =>
        Avx512F.PermuteVar8x64x2(x, Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15), y);
}

/// <summary>The same of 256 bits.</summary>
internal static class Pairs256<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(ref T source) =>
        typeof(T) == typeof(float)
            ? Vector256.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<T, byte>(ref source))).As<double, T>()
            : Vector256.Create(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Twice(Vector256<T> x) =>
        typeof(T) == typeof(float)
            ? Avx2.PermuteVar8x32(x.AsInt32(), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)).As<int, T>()
            : Avx2.Permute4x64(x.AsInt64(), 0x50).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Interleave(Vector256<T> x, Vector256<T> y) =>
        typeof(T) == typeof(float)
            ? Avx2.UnpackLow(Spread(x), Spread(y)).As<int, T>()
            : Avx2.UnpackLow(Avx2.Permute4x64(x.AsInt64(), 0x10), Avx2.Permute4x64(y.AsInt64(), 0x10)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> KeepFirst(Vector256<T> pairs) =>
        pairs & (typeof(T) == typeof(float) ? Vector256.Create(0xFFFFFFFFL).As<long, T>() : Vector256.Create(-1L, 0, -1, 0).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Separate(Vector256<T> pairs) =>
        typeof(T) == typeof(float)
            ? Avx2.PermuteVar8x32(pairs.AsInt32(), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7)).As<int, T>()
            : Avx2.Permute4x64(pairs.AsInt64(), 0xD8).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sums(Vector256<T> x, Vector256<T> y) =>
        typeof(T) == typeof(float)
            ? Avx2.Permute4x64(Avx.HorizontalAdd(x.AsSingle(), y.AsSingle()).AsInt64(), 0xD8).As<long, T>()
            : Avx2.Permute4x64(Avx.HorizontalAdd(x.AsDouble(), y.AsDouble()).AsInt64(), 0xD8).As<long, T>();

    // The first and the second 64 bits at the beginning of either half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Spread(Vector256<T> x) => Avx2.Permute4x64(x.AsInt64(), 0x10).AsInt32();
}
