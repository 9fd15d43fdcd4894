namespace CompiledDnn.Kernels;

/// <summary>
/// The steps of a hash of 32-bit words, one word for each number of a vector. A <see cref="double"/> takes two words: both halves hold the
/// same, and a comparison of words so gives a mask for numbers.
/// </summary>
/// <typeparam name="TVector">The vector, whose bits are the words.</typeparam>
internal interface IWordOps<TVector>
    where TVector : struct
{
    /// <summary><paramref name="first"/> in lane 0, and one more in each lane that follows.</summary>
    static abstract TVector CountFrom(uint first);

    /// <summary>Each word times a factor, its low 32 bits.</summary>
    static abstract TVector MultiplyWords(TVector words, uint factor);

    /// <summary>Each word exclusive-or another.</summary>
    static abstract TVector XorWords(TVector words, uint word);

    /// <summary>Each word exclusive-or itself, moved down by so many bits.</summary>
    static abstract TVector XorShift(TVector words, int bits);

    /// <summary>The mask of the lanes whose word is at least a bound, without signs.</summary>
    static abstract TVector AreAtLeast(TVector words, uint bound);
}
