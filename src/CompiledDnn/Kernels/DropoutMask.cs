using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Which outputs of a layer training keeps: a function of seed, step, layer, example and unit alone, so that nothing is stored and the
/// answer is the same on any thread and with vectors of any width.
/// </summary>
/// <remarks>
/// Seed, step, layer and example go one by one through the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), whose 64 bits
/// give an example two words. Its units are counted from the first of them and go through two rounds of a 32-bit integer hash (C. Wellons,
/// "Prospecting for Hash Functions", 2018; multipliers from its later search) with the second between: examples whose counts overlap
/// have other masks all the same. An output is kept if its word is at least rate · 2³².
/// </remarks>
internal static class DropoutMask
{
    /// <summary>What a step and a layer have of their own.</summary>
    public static ulong Key(long seed, long step, int layer) => Mix(Mix(Mix((ulong)seed) + (ulong)step) + (ulong)layer);

    /// <summary>The two words of an example.</summary>
    /// <param name="key">From <see cref="Key"/>.</param>
    /// <param name="example">Where in the batch it is.</param>
    public static (uint First, uint Second) Example(ulong key, int example)
    {
        ulong words = Mix(key + (ulong)example);
        return ((uint)words, (uint)(words >> 32));
    }

    /// <summary>What a unit's word must reach for it to be kept.</summary>
    /// <param name="rate">The probability that it is not.</param>
    public static uint Bound(double rate) => (uint)Math.Min(uint.MaxValue, Math.Round(rate * 4294967296.0));

    /// <summary>The words of the units from <paramref name="unit"/> on, one in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Words<TOps, TVector>((uint First, uint Second) example, int unit)
        where TOps : struct, IWordOps<TVector>
        where TVector : struct
    {
        TVector words = TOps.XorShift(TOps.CountFrom(example.First + (uint)unit), 16);
        words = TOps.XorWords(TOps.MultiplyWords(words, 0x21F0AAAD), example.Second);
        words = TOps.MultiplyWords(TOps.XorShift(words, 15), 0x735A2D97);
        return TOps.XorShift(words, 15);
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
