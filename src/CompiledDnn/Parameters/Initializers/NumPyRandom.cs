namespace CompiledDnn;

/// <summary>
/// NumPy's legacy generator, <c>np.random.RandomState(seed)</c> or <c>np.random.seed(seed)</c>, number for number: the Mersenne
/// Twister MT19937 of M. Matsumoto and T. Nishimura (1998). For one thread at a time.
/// </summary>
/// <remarks>
/// Bits and uniform numbers are the same everywhere. A normal number goes through the machine's logarithm, in NumPy as here, and
/// may differ from another machine's in the last bit.
/// </remarks>
public sealed class NumPyRandom
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;
    private double _kept;
    private bool _hasKept;

    /// <summary>Begins the stream of a seed.</summary>
    /// <param name="seed">0 to 4294967295, as NumPy takes it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed is not in that range.</exception>
    public NumPyRandom(long seed)
    {
        if (seed is < 0 or > uint.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(seed), seed, $"NumPy's seeds go from 0 to {uint.MaxValue}, but the seed is {seed}.");
        }

        // init_genrand of the authors' program.
        uint word = (uint)seed;
        for (int i = 0; i < Length; i++)
        {
            _state[i] = word;
            word = (1812433253 * (word ^ (word >> 30))) + (uint)i + 1;
        }
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Length)
        {
            Refill();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    /// <summary><c>random_sample()</c>: the next number of [0, 1), a multiple of 2⁻⁵³ made from two draws.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>
    /// <c>standard_normal()</c> or <c>randn()</c>: the next number of the normal distribution with mean 0 and standard deviation
    /// 1, by the polar method of G. Marsaglia and T. Bray (1964). It makes two numbers at a time; the second is kept for the next
    /// call.
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

        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _kept = factor * u;
        _hasKept = true;
        return factor * v;
    }

    private void Refill()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
