using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// The library's own generator: xoshiro256** of D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators"
/// (2018), its state filled from the seed by the SplitMix64 of G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom
/// number generators" (2014).
/// </summary>
/// <remarks>
/// The same bits on every machine: beside integers it uses only what IEEE 754 rounds in one way, + − × ÷ and the square root.
/// The logarithm of a system's mathematics library may differ in its last bit from another's, so the one here is written out.
/// </remarks>
internal sealed class Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _kept;
    private bool _hasKept;

    /// <summary>Begins the stream of a seed.</summary>
    public Xoshiro256(int seed)
    {
        ulong counter = unchecked((ulong)seed);
        _s0 = SplitMix(ref counter);
        _s1 = SplitMix(ref counter);
        _s2 = SplitMix(ref counter);
        _s3 = SplitMix(ref counter);
    }

    /// <summary>Goes on from a state, which must not be all zero.</summary>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next number of [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// The next number of the normal distribution with mean 0 and standard deviation 1, by the polar method of G. Marsaglia and
    /// T. Bray (1964). It makes two numbers at a time; the second is kept for the next call.
    /// </summary>
    public double NextGaussian()
    {
        if (_hasKept)
        {
            _hasKept = false;
            return _kept;
        }

        double u, v, square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        }
        while (square is >= 1 or 0);

        double factor = Math.Sqrt(-2 * Log(square) / square);
        _kept = factor * u;
        _hasKept = true;
        return factor * v;
    }

    /// <summary>One step of SplitMix64.</summary>
    public static ulong SplitMix(ref ulong counter)
    {
        ulong z = counter += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// The natural logarithm of a positive normal number: x = f · 2ᵉ with f near 1, and log f = 2 (s + s³/3 + s⁵/5 + …) with
    /// s = (f − 1) / (f + 1).
    /// </summary>
    public static double Log(double x)
    {
        const double Ln2 = 0.69314718055994531;
        const double SquareRootOf2 = 1.4142135623730951;
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double f = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (f > SquareRootOf2)
        {
            f *= 0.5;
            exponent++;
        }

        // |s| ≤ 0.172, so the first term left out, s²³/23, is below the last bit of the sum.
        double s = (f - 1) / (f + 1);
        double square = s * s;
        double sum = 0;
        for (int odd = 21; odd >= 1; odd -= 2)
        {
            sum = (sum * square) + (1.0 / odd);
        }

        return (exponent * Ln2) + (2 * s * sum);
    }
}
