using System.Numerics;

namespace CompiledDnn;

/// <summary>Trains a new network on each fold of a data set and evaluates it on the rest of it.</summary>
public static class CrossValidation
{
    /// <summary>Cross-validates.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="create">Makes the network of a fold, which is given by its number, counted from 1.</param>
    /// <param name="folds">The folds, from <see cref="KFold"/>.</param>
    /// <param name="options">
    /// How to train; null for the defaults. Where it has no validation data, the fold's are not looked at in training. Checkpoints of a fold go to a
    /// folder of its own within that of the options.
    /// </param>
    /// <returns>How well each fold's network does on the fold's validation examples, with the metrics of the options.</returns>
    public static IReadOnlyList<Evaluation> Run<T>(Func<int, INetwork<T>> create, IEnumerable<Fold<T>> folds, TrainingOptions<T>? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(folds);
        var results = new List<Evaluation>();
        foreach (Fold<T> fold in folds)
        {
            INetwork<T> network = create(fold.Number);
            network.Fit(fold.Train, OfFold(options, fold.Number));
            results.Add(network.Evaluate(fold.Validation, options?.Metrics ?? []));
        }

        return results;
    }

    private static TrainingOptions<T>? OfFold<T>(TrainingOptions<T>? options, int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        options?.Checkpoints is { } checkpoints
            ? options with { Checkpoints = checkpoints with { Folder = Path.Combine(checkpoints.Folder, FormattableString.Invariant($"fold-{number}")) } }
            : options;
}
