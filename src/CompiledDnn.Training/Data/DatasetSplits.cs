using System.Numerics;

namespace CompiledDnn;

/// <content>Parts of a data set for training and for testing.</content>
public sealed partial class Dataset<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Shuffles the examples and parts them in two. Both parts are copies.</summary>
    /// <param name="heldOutFraction">The share of the examples to hold out, between 0 and 1; their number is rounded.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same parts on every machine.</param>
    /// <returns>The part to train with and the part held out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">One part would be empty.</exception>
    public (Dataset<T> Train, Dataset<T> HeldOut) Split(double heldOutFraction, int seed)
    {
        if (!(heldOutFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOutFraction), heldOutFraction, $"Dataset.Split: the share to hold out is more than 0 and less than 1, but it is {heldOutFraction}.");
        }

        int heldOut = (int)Math.Round(Count * heldOutFraction);
        if (heldOut == 0 || heldOut == Count)
        {
            throw new InvalidOperationException(
                $"Dataset.Split: of {Count} examples, {heldOut} would be held out and {Count - heldOut} left to train with; both parts need at least one.");
        }

        return Split(heldOut, seed);
    }

    /// <summary>Shuffles the examples and parts them in two. Both parts are copies.</summary>
    /// <param name="heldOut">The number of examples to hold out, at least 1 and less than all.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same parts on every machine.</param>
    /// <returns>The part to train with and the part held out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One part would be empty.</exception>
    public (Dataset<T> Train, Dataset<T> HeldOut) Split(int heldOut, int seed)
    {
        if (heldOut < 1 || heldOut >= Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOut),
                heldOut,
                $"Dataset.Split: of {Count} examples, at least one is held out and at least one left to train with, but {heldOut} would be held out.");
        }

        ReadOnlySpan<int> order = new Shuffler(Count, seed).Shuffle(epoch: 0);
        return (Copy(order[heldOut..]), Copy(order[..heldOut]));
    }
}
