using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The operations on single numbers: the remainders of rows and the form that the vectors are tested against.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A mask is one where the comparison holds, otherwise zero.</remarks>
public readonly struct ScalarOps<T> : IVectorOps<T, T>, IBitOps<T>, IWordOps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    public static T Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Zero;
    }

    /// <inheritdoc/>
    public static T One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.One;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Constant(double value) => T.CreateTruncating(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(ref readonly T source) => source;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T value, ref T destination) => destination = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T x, T y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Subtract(T x, T y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T x, T y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Divide(T x, T y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T x, T y, T z) => T.MultiplyAddEstimate(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Negate(T x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Abs(T x) => T.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min(T x, T y) => T.Min(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max(T x, T y) => T.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sqrt(T x) => T.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GreaterThan(T x, T y) => x > y ? T.One : T.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AreEqual(T x, T y) => x == y ? T.One : T.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Select(T mask, T yes, T no) => mask != T.Zero ? yes : no;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T KeepFirst(T x, int count) => count > 0 ? x : T.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T x) => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(T x) => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp(T x) => T.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne(T x) => VectorFunctions.ExpMinusOne<ScalarOps<T>, T, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log(T x) => T.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus(T x) => VectorFunctions.LogOnePlus<ScalarOps<T>, T, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => VectorFunctions.Sigmoid<ScalarOps<T>, T, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x) => VectorFunctions.Tanh<ScalarOps<T>, T, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf(T x) => VectorFunctions.Erf<ScalarOps<T>, T, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IBitOps<T>.PowerOfTwo(T biased)
    {
        if (typeof(T) == typeof(float))
        {
            int bits = BitConverter.SingleToInt32Bits((float)(object)biased);
            return (T)(object)BitConverter.Int32BitsToSingle((bits << 23) + 0x3F800000);
        }

        long wide = BitConverter.DoubleToInt64Bits((double)(object)biased);
        return (T)(object)BitConverter.Int64BitsToDouble((wide << 52) + 0x3FF0000000000000);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IBitOps<T>.Scale(T x, T n) => VectorFunctions.Scale<ScalarOps<T>, T, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IBitOps<T>.CopySign(T magnitude, T sign) => T.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IWordOps<T>.CountFrom(uint first) => FromWord(first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IWordOps<T>.MultiplyWords(T words, uint factor) => FromWord(Word(words) * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IWordOps<T>.XorWords(T words, uint word) => FromWord(Word(words) ^ word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IWordOps<T>.XorShift(T words, int bits) => FromWord(Word(words) ^ (Word(words) >>> bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IWordOps<T>.AreAtLeast(T words, uint bound) => Word(words) >= bound ? T.One : T.Zero;

    // The low bits of a number hold the word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(T number) =>
        typeof(T) == typeof(float)
            ? BitConverter.SingleToUInt32Bits((float)(object)number)
            : (uint)BitConverter.DoubleToUInt64Bits((double)(object)number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromWord(uint word) =>
        typeof(T) == typeof(float)
            ? (T)(object)BitConverter.UInt32BitsToSingle(word)
            : (T)(object)BitConverter.UInt64BitsToDouble(word);
}
