namespace CompiledDnn;

/// <summary>
/// The operations that kernels, activations and losses are written with, once for 512, 256 and 128 bits and for single
/// numbers, <see cref="float"/> and <see cref="double"/> alike. They are static so that the vectors stay the framework's own.
/// </summary>
/// <typeparam name="TVector">The vector: <c>Vector512&lt;T&gt;</c>, <c>Vector256&lt;T&gt;</c>, <c>Vector128&lt;T&gt;</c> or <typeparamref name="T"/> itself.</typeparam>
/// <typeparam name="T">The number: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A mask is what the comparisons give and what <see cref="Select"/> takes; nothing else may be done with one.
/// </remarks>
public interface IVectorOps<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Zero in every lane.</summary>
    static abstract TVector Zero { get; }

    /// <summary>One in every lane.</summary>
    static abstract TVector One { get; }

    /// <summary>A constant, rounded to <typeparamref name="T"/>, in every lane.</summary>
    /// <param name="value">The constant.</param>
    static abstract TVector Constant(double value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>Reads <see cref="Count"/> numbers from <paramref name="source"/> on, which need not be aligned.</summary>
    static abstract TVector Load(ref readonly T source);

    /// <summary>Writes <see cref="Count"/> numbers from <paramref name="destination"/> on, which need not be aligned.</summary>
    static abstract void Store(TVector value, ref T destination);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x − y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>x · y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>x · y + z, rounded once where the processor can, otherwise twice; never a library call.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>−x.</summary>
    static abstract TVector Negate(TVector x);

    /// <summary>|x|.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary>The smaller; NaN if either is NaN.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>The larger; NaN if either is NaN.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>The square root.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>The mask of the lanes where x &gt; y.</summary>
    static abstract TVector GreaterThan(TVector x, TVector y);

    /// <summary>The mask of the lanes where x = y.</summary>
    static abstract TVector AreEqual(TVector x, TVector y);

    /// <summary><paramref name="yes"/> in the lanes of the mask, <paramref name="no"/> in the others.</summary>
    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    /// <summary>The first <paramref name="count"/> lanes of <paramref name="x"/>, zero in the others.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="count">How many lanes to keep: 0 to <see cref="Count"/>.</param>
    static abstract TVector KeepFirst(TVector x, int count);

    /// <summary>The sum over the lanes.</summary>
    static abstract T Sum(TVector x);

    /// <summary>The greatest of the lanes; any number if one is NaN.</summary>
    static abstract T Greatest(TVector x);

    /// <summary>The exponential function.</summary>
    static abstract TVector Exp(TVector x);

    /// <summary>exp(x) − 1, accurate for small x; x ≤ 0.</summary>
    static abstract TVector ExpMinusOne(TVector x);

    /// <summary>The natural logarithm.</summary>
    static abstract TVector Log(TVector x);

    /// <summary>log(1 + x), accurate for small x; x &gt; −1.</summary>
    static abstract TVector LogOnePlus(TVector x);

    /// <summary>1 / (1 + exp(−x)), finite for every x.</summary>
    static abstract TVector Sigmoid(TVector x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract TVector Tanh(TVector x);

    /// <summary>The error function.</summary>
    static abstract TVector Erf(TVector x);
}
