using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>The operations on vectors of 128 bits: four <see cref="float"/> or two <see cref="double"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Right on every machine, also where <see cref="Vector128.IsHardwareAccelerated"/> is false; fast only where it is true. The
/// comparisons of <c>typeof(T)</c> are constants to the compiler: one branch is left.
/// </remarks>
public readonly struct Vector128Ops<T> : IVectorOps<Vector128<T>, T>, IBitOps<Vector128<T>>, IWordOps<Vector128<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    /// <inheritdoc/>
    public static Vector128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Zero;
    }

    /// <inheritdoc/>
    public static Vector128<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.One;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Constant(double value) =>
        typeof(T) == typeof(float) ? Vector128.Create((float)value).As<float, T>() : Vector128.Create(value).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref readonly T source) => Vector128.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T destination) => value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) =>
        typeof(T) == typeof(float)
            ? Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Negate(Vector128<T> x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> x) => Vector128.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Min(Vector128<T> x, Vector128<T> y) => Vector128.Min(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> x, Vector128<T> y) => Vector128.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> x) => Vector128.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> GreaterThan(Vector128<T> x, Vector128<T> y) => Vector128.GreaterThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AreEqual(Vector128<T> x, Vector128<T> y) => Vector128.Equals(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> yes, Vector128<T> no) => Vector128.ConditionalSelect(mask, yes, no);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> KeepFirst(Vector128<T> x, int count) =>
        typeof(T) == typeof(float)
            ? x & Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>()
            : x & Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> x) => Vector128.Sum(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector128<T> x)
    {
        if (typeof(T) == typeof(float))
        {
            Vector128<float> four = x.AsSingle();
            four = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
            return Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).As<float, T>().ToScalar();
        }

        Vector128<double> two = x.AsDouble();
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1L, 0L))).As<double, T>().ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Exp(Vector128<T> x) => VectorFunctions.Exp<Vector128Ops<T>, Vector128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ExpMinusOne(Vector128<T> x) => VectorFunctions.ExpMinusOne<Vector128Ops<T>, Vector128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Log(Vector128<T> x) =>
        typeof(T) == typeof(float)
            ? Vector128.Log(x.AsSingle()).As<float, T>()
            : Vector128.Log(x.AsDouble()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LogOnePlus(Vector128<T> x) => VectorFunctions.LogOnePlus<Vector128Ops<T>, Vector128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sigmoid(Vector128<T> x) => VectorFunctions.Sigmoid<Vector128Ops<T>, Vector128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Tanh(Vector128<T> x) => VectorFunctions.Tanh<Vector128Ops<T>, Vector128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Erf(Vector128<T> x) => VectorFunctions.Erf<Vector128Ops<T>, Vector128<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IBitOps<Vector128<T>>.PowerOfTwo(Vector128<T> biased) =>
        typeof(T) == typeof(float)
            ? ((biased.AsInt32() << 23) + Vector128.Create(0x3F800000)).As<int, T>()
            : ((biased.AsInt64() << 52) + Vector128.Create(0x3FF0000000000000)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IBitOps<Vector128<T>>.Scale(Vector128<T> x, Vector128<T> n) =>
        !Avx512F.VL.IsSupported
            ? VectorFunctions.Scale<Vector128Ops<T>, Vector128<T>, T>(x, n)
            : typeof(T) == typeof(float)
                ? Avx512F.VL.Scale(x.AsSingle(), n.AsSingle()).As<float, T>()
                : Avx512F.VL.Scale(x.AsDouble(), n.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IBitOps<Vector128<T>>.CopySign(Vector128<T> magnitude, Vector128<T> sign) => Vector128.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IWordOps<Vector128<T>>.CountFrom(uint first) =>
        ((typeof(T) == typeof(float) ? Vector128<uint>.Indices : Vector128<uint>.Indices >>> 1) + Vector128.Create(first)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IWordOps<Vector128<T>>.MultiplyWords(Vector128<T> words, uint factor) => (words.AsUInt32() * factor).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IWordOps<Vector128<T>>.XorWords(Vector128<T> words, uint word) => (words.AsUInt32() ^ Vector128.Create(word)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IWordOps<Vector128<T>>.XorShift(Vector128<T> words, int bits) =>
        (words.AsUInt32() ^ (words.AsUInt32() >>> bits)).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> IWordOps<Vector128<T>>.AreAtLeast(Vector128<T> words, uint bound) =>
        Vector128.GreaterThanOrEqual(words.AsUInt32(), Vector128.Create(bound)).As<uint, T>();
}
