namespace CompiledDnn;

/// <summary>The order in which the examples of an epoch come: a permutation that follows from seed and epoch alone.</summary>
/// <param name="count">The number of examples.</param>
/// <param name="seed">The seed.</param>
internal sealed class Shuffler(int count, int seed)
{
    private readonly int[] _order = new int[count];

    /// <summary>The seed.</summary>
    public int Seed => seed;

    /// <summary>The order last drawn.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Draws the order of an epoch, whatever was drawn before: training can go on from any epoch.</summary>
    /// <param name="epoch">The epoch, counted from 1; 0 for a split.</param>
    /// <returns>Every number from 0 to count − 1 once; overwritten by the next call.</returns>
    /// <remarks>R. A. Fisher and F. Yates, in the form of D. E. Knuth, "The Art of Computer Programming" 2, algorithm P.</remarks>
    public ReadOnlySpan<int> Shuffle(int epoch)
    {
        Span<int> order = _order;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var random = new SplitMix64(seed, epoch);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
