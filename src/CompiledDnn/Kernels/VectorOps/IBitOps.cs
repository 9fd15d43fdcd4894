namespace CompiledDnn.Kernels;

/// <summary>The steps of functions that work on the bits of numbers.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IBitOps<TVector>
    where TVector : struct
{
    /// <summary>2ⁿ for a whole number n within the exponents of normal numbers.</summary>
    /// <param name="biased">n + 1.5 · 2²³ for float, n + 1.5 · 2⁵² for double: n stands in the low bits.</param>
    static abstract TVector PowerOfTwo(TVector biased);

    /// <summary>x · 2ⁿ, rounded once, for a whole number n, also where 2ⁿ is not a normal number itself.</summary>
    /// <param name="x">What is scaled, about one.</param>
    /// <param name="n">n, no more than twice the greatest exponent.</param>
    static abstract TVector Scale(TVector x, TVector n);

    /// <summary>A number of the first's magnitude and the second's sign, which zeros have too.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);
}
