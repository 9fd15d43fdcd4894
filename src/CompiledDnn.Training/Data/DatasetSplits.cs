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
    public (Dataset<T> Train, Dataset<T> HeldOut) Split(double heldOutFraction, int seed) => Split(HeldOut(heldOutFraction, nameof(Split)), seed);

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

    /// <summary>
    /// Shuffles the examples and parts them in two, each class in the same proportion as far as whole examples allow. Both parts are
    /// copies.
    /// </summary>
    /// <param name="heldOutFraction">The share of the examples to hold out, between 0 and 1; their number is rounded.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same parts on every machine.</param>
    /// <returns>The part to train with and the part held out.</returns>
    /// <remarks>
    /// Of n examples, h to be held out, a class of c examples gives c·h/n, rounded down; those that are then missing come from the classes
    /// with the largest remainders.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// One part would be empty, or the targets are no classes: labels, one target of 0 or 1, or rows of zeros with a single 1.
    /// </exception>
    public (Dataset<T> Train, Dataset<T> HeldOut) SplitStratified(double heldOutFraction, int seed)
    {
        int heldOut = HeldOut(heldOutFraction, nameof(SplitStratified));
        int[] classes = ClassOfExample.Of(this, "Dataset.SplitStratified");
        Dictionary<int, int> quotas = Quotas(classes, heldOut);
        var train = new List<int>(Count - heldOut);
        var tested = new List<int>(heldOut);
        foreach (int example in new Shuffler(Count, seed).Shuffle(epoch: 0))
        {
            (quotas[classes[example]]-- > 0 ? tested : train).Add(example);
        }

        return (Copy([.. train]), Copy([.. tested]));
    }

    private static Dictionary<int, int> Quotas(int[] classes, int heldOut)
    {
        var counts = classes.CountBy(static c => c).OrderBy(static c => c.Key).ToList();
        Dictionary<int, int> quotas = counts.ToDictionary(static c => c.Key, c => (int)((long)c.Value * heldOut / classes.Length));
        IEnumerable<int> rounded = counts
            .OrderByDescending(c => (long)c.Value * heldOut % classes.Length)
            .ThenBy(static c => c.Key)
            .Select(static c => c.Key)
            .Take(heldOut - quotas.Values.Sum());
        foreach (int c in rounded)
        {
            quotas[c]++;
        }

        return quotas;
    }

    private int HeldOut(double heldOutFraction, string method)
    {
        if (!(heldOutFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOutFraction),
                heldOutFraction,
                $"Dataset.{method}: the share to hold out is more than 0 and less than 1, but it is {heldOutFraction}.");
        }

        int heldOut = (int)Math.Round(Count * heldOutFraction);
        return heldOut > 0 && heldOut < Count
            ? heldOut
            : throw new InvalidOperationException(
                $"Dataset.{method}: of {Count} examples, {heldOut} would be held out and {Count - heldOut} left to train with; both parts need at least one.");
    }
}
