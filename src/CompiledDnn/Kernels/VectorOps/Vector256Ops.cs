using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>The operations on vectors of 256 bits: eight <see cref="float"/> or four <see cref="double"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Right on every machine, also where <see cref="Vector256.IsHardwareAccelerated"/> is false; fast only where it is true. The
/// comparisons of <c>typeof(T)</c> are constants to the compiler: one branch is left.
/// </remarks>
public readonly struct Vector256Ops<T> : IVectorOps<Vector256<T>, T>, IBitOps<Vector256<T>>, IWordOps<Vector256<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    /// <inheritdoc/>
    public static Vector256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Zero;
    }

    /// <inheritdoc/>
    public static Vector256<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.One;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Constant(double value) =>
        typeof(T) == typeof(float) ? Vector256.Create((float)value).As<float, T>() : Vector256.Create(value).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref readonly T source) => Vector256.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref T destination) => value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> x, Vector256<T> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) =>
        typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Negate(Vector256<T> x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> x) => Vector256.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Min(Vector256<T> x, Vector256<T> y) => Vector256.Min(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> x, Vector256<T> y) => Vector256.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> x) => Vector256.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> GreaterThan(Vector256<T> x, Vector256<T> y) => Vector256.GreaterThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AreEqual(Vector256<T> x, Vector256<T> y) => Vector256.Equals(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> yes, Vector256<T> no) => Vector256.ConditionalSelect(mask, yes, no);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> KeepFirst(Vector256<T> x, int count) =>
        typeof(T) == typeof(float)
            ? x & Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>()
            : x & Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> x) => Vector128Ops<T>.Sum(x.GetLower() + x.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector256<T> x) => Vector128Ops<T>.Greatest(Vector128.MaxNative(x.GetLower(), x.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Exp(Vector256<T> x) => VectorFunctions.Exp<Vector256Ops<T>, Vector256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ExpMinusOne(Vector256<T> x) => VectorFunctions.ExpMinusOne<Vector256Ops<T>, Vector256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Log(Vector256<T> x) =>
        typeof(T) == typeof(float)
            ? Vector256.Log(x.AsSingle()).As<float, T>()
            : Vector256.Log(x.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LogOnePlus(Vector256<T> x) => VectorFunctions.LogOnePlus<Vector256Ops<T>, Vector256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sigmoid(Vector256<T> x) => VectorFunctions.Sigmoid<Vector256Ops<T>, Vector256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tanh(Vector256<T> x) => VectorFunctions.Tanh<Vector256Ops<T>, Vector256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Erf(Vector256<T> x) => VectorFunctions.Erf<Vector256Ops<T>, Vector256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IBitOps<Vector256<T>>.PowerOfTwo(Vector256<T> biased) =>
        typeof(T) == typeof(float)
            ? ((biased.AsInt32() << 23) + Vector256.Create(0x3F800000)).As<int, T>()
            : ((biased.AsInt64() << 52) + Vector256.Create(0x3FF0000000000000)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IBitOps<Vector256<T>>.Scale(Vector256<T> x, Vector256<T> n) =>
        VectorFunctions.Scale<Vector256Ops<T>, Vector256<T>, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IBitOps<Vector256<T>>.CopySign(Vector256<T> magnitude, Vector256<T> sign) => Vector256.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IWordOps<Vector256<T>>.CountFrom(uint first) =>
        ((typeof(T) == typeof(float) ? Vector256<uint>.Indices : Vector256<uint>.Indices >>> 1) + Vector256.Create(first)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IWordOps<Vector256<T>>.MultiplyWords(Vector256<T> words, uint factor) => (words.AsUInt32() * factor).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IWordOps<Vector256<T>>.XorWords(Vector256<T> words, uint word) => (words.AsUInt32() ^ Vector256.Create(word)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IWordOps<Vector256<T>>.XorShift(Vector256<T> words, int bits) =>
        (words.AsUInt32() ^ (words.AsUInt32() >>> bits)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> IWordOps<Vector256<T>>.AreAtLeast(Vector256<T> words, uint bound) =>
        Vector256.GreaterThanOrEqual(words.AsUInt32(), Vector256.Create(bound)).As<uint, T>();
}
