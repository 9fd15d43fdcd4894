namespace CompiledDnn.Kernels;

/// <summary>The one step of the exponential function that works on the bits of numbers.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface IPowerOfTwo<TVector>
    where TVector : struct
{
    /// <summary>2ⁿ for a whole number n within the exponents of normal numbers.</summary>
    /// <param name="biased">n + 1.5 · 2²³ for float, n + 1.5 · 2⁵² for double: n stands in the low bits.</param>
    static abstract TVector PowerOfTwo(TVector biased);
}
