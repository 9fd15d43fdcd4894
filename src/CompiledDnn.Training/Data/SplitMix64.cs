namespace CompiledDnn;

/// <summary>
/// The random numbers of shuffling: 64 bits from a counter and three multiplications, the same on every machine and in every
/// version of the framework.
/// </summary>
/// <remarks>G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
internal struct SplitMix64
{
    private ulong _state;

    /// <summary>Begins one of many sequences of a seed. Each is worked out from its number alone, so any can be begun again.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The sequence.</param>
    public SplitMix64(int seed, int stream) => _state = ((ulong)(uint)seed << 32) | (uint)stream;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, every one equally likely.</summary>
    /// <param name="bound">At least 1.</param>
    /// <remarks>D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019.</remarks>
    public int NextBelow(int bound)
    {
        // The product's high half is the number. Of the 2³² values of the low half, 2³² mod bound are one too many for some number; that is
        // less than the bound, so the division is hardly ever needed.
        ulong product = (Next() >> 32) * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint surplus = (uint)((1UL << 32) % (uint)bound);
            while ((uint)product < surplus)
            {
                product = (Next() >> 32) * (uint)bound;
            }
        }

        return (int)(product >> 32);
    }
}
