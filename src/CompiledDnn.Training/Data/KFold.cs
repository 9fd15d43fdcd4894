using System.Numerics;

namespace CompiledDnn;

/// <summary>One of several ways to part the examples in two: each example is in the validation part of just one fold.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Number">The fold, counted from 1.</param>
/// <param name="Train">The examples to train on.</param>
/// <param name="Validation">The examples to validate with.</param>
public sealed record Fold<T>(int Number, DataSubset<T> Train, DataSubset<T> Validation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>Folds for k-fold cross-validation, as views that copy nothing but lists of examples.</summary>
public static class KFold
{
    /// <summary>Shuffles the examples and deals them to folds whose sizes differ by one at most.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">The examples.</param>
    /// <param name="folds">How many folds, from 2 to the number of examples.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same folds on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few folds or too many.</exception>
    public static IReadOnlyList<Fold<T>> Split<T>(IRandomAccessSource<T> source, int folds, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        int[] order = new Shuffler(Count(source, folds), seed).Shuffle(epoch: 0).ToArray();
        return Folds(source, folds, order, dealt: order);
    }

    /// <summary>
    /// Shuffles the examples and deals them to folds whose sizes differ by one at most, and so do, for each class, the numbers of its
    /// examples in them.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="data">The examples; their targets are labels, a single number of 0 or 1, or rows of zeros with a single 1.</param>
    /// <param name="folds">How many folds, from 2 to the number of examples.</param>
    /// <param name="seed">Which shuffling: the same seed gives the same folds on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few folds or too many.</exception>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    public static IReadOnlyList<Fold<T>> SplitStratified<T>(Dataset<T> data, int folds, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] order = new Shuffler(Count(data, folds), seed).Shuffle(epoch: 0).ToArray();
        int[] classes = ClassOfExample.Of(data, "KFold.SplitStratified");

        // Dealt class by class; the sort is stable.
        return Folds(data, folds, order, dealt: [.. order.OrderBy(example => classes[example])]);
    }

    private static int Count<T>(IRandomAccessSource<T> source, int folds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (folds < 2 || folds > source.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds), folds, $"KFold: there are 2 folds at least and {source.Count} at most, one for each example of {source}, but {folds} were asked for.");
        }

        return checked((int)source.Count);
    }

    private static Fold<T>[] Folds<T>(IRandomAccessSource<T> source, int folds, int[] order, int[] dealt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var foldOf = new int[dealt.Length];
        for (int place = 0; place < dealt.Length; place++)
        {
            foldOf[dealt[place]] = place % folds;
        }

        var result = new Fold<T>[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int own = fold;
            result[fold] = new Fold<T>(
                fold + 1,
                new DataSubset<T>(source, Array.FindAll(order, example => foldOf[example] != own)),
                new DataSubset<T>(source, Array.FindAll(order, example => foldOf[example] == own)));
        }

        return result;
    }
}
