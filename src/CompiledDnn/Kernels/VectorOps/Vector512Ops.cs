using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>The operations on vectors of 512 bits: sixteen <see cref="float"/> or eight <see cref="double"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Right on every machine, also where <see cref="Vector512.IsHardwareAccelerated"/> is false; fast only where it is true. The
/// comparisons of <c>typeof(T)</c> are constants to the compiler: one branch is left.
/// </remarks>
public readonly struct Vector512Ops<T> : IVectorOps<Vector512<T>, T>, IBitOps<Vector512<T>>, IWordOps<Vector512<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <inheritdoc/>
    public static Vector512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Zero;
    }

    /// <inheritdoc/>
    public static Vector512<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.One;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant(double value) =>
        typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref readonly T source) => Vector512.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, ref T destination) => value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> x, Vector512<T> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) =>
        typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Negate(Vector512<T> x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> x) => Vector512.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Min(Vector512<T> x, Vector512<T> y) => Vector512.Min(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt(Vector512<T> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> GreaterThan(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AreEqual(Vector512<T> x, Vector512<T> y) => Vector512.Equals(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> yes, Vector512<T> no) => Vector512.ConditionalSelect(mask, yes, no);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> KeepFirst(Vector512<T> x, int count) =>
        typeof(T) == typeof(float)
            ? x & Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>()
            : x & Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> x) => Vector256Ops<T>.Sum(x.GetLower() + x.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector512<T> x) => Vector256Ops<T>.Greatest(Vector256.MaxNative(x.GetLower(), x.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp(Vector512<T> x) => VectorFunctions.Exp<Vector512Ops<T>, Vector512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpMinusOne(Vector512<T> x) => VectorFunctions.ExpMinusOne<Vector512Ops<T>, Vector512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log(Vector512<T> x) =>
        typeof(T) == typeof(float)
            ? Vector512.Log(x.AsSingle()).As<float, T>()
            : Vector512.Log(x.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LogOnePlus(Vector512<T> x) => VectorFunctions.LogOnePlus<Vector512Ops<T>, Vector512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid(Vector512<T> x) => VectorFunctions.Sigmoid<Vector512Ops<T>, Vector512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh(Vector512<T> x) => VectorFunctions.Tanh<Vector512Ops<T>, Vector512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Erf(Vector512<T> x) => VectorFunctions.Erf<Vector512Ops<T>, Vector512<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IBitOps<Vector512<T>>.PowerOfTwo(Vector512<T> biased) =>
        typeof(T) == typeof(float)
            ? ((biased.AsInt32() << 23) + Vector512.Create(0x3F800000)).As<int, T>()
            : ((biased.AsInt64() << 52) + Vector512.Create(0x3FF0000000000000)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IBitOps<Vector512<T>>.Scale(Vector512<T> x, Vector512<T> n) =>
        !Avx512F.IsSupported
            ? VectorFunctions.Scale<Vector512Ops<T>, Vector512<T>, T>(x, n)
            : typeof(T) == typeof(float)
                ? Avx512F.Scale(x.AsSingle(), n.AsSingle()).As<float, T>()
                : Avx512F.Scale(x.AsDouble(), n.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IBitOps<Vector512<T>>.CopySign(Vector512<T> magnitude, Vector512<T> sign) => Vector512.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IWordOps<Vector512<T>>.CountFrom(uint first) =>
        ((typeof(T) == typeof(float) ? Vector512<uint>.Indices : Vector512<uint>.Indices >>> 1) + Vector512.Create(first)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IWordOps<Vector512<T>>.MultiplyWords(Vector512<T> words, uint factor) => (words.AsUInt32() * factor).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IWordOps<Vector512<T>>.XorWords(Vector512<T> words, uint word) => (words.AsUInt32() ^ Vector512.Create(word)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IWordOps<Vector512<T>>.XorShift(Vector512<T> words, int bits) =>
        (words.AsUInt32() ^ (words.AsUInt32() >>> bits)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> IWordOps<Vector512<T>>.AreAtLeast(Vector512<T> words, uint bound) =>
        Vector512.GreaterThanOrEqual(words.AsUInt32(), Vector512.Create(bound)).As<uint, T>();
}
