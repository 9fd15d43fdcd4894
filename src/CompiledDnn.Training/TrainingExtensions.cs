using System.Numerics;

namespace CompiledDnn;

/// <summary>Training and evaluation of every network.</summary>
public static class TrainingExtensions
{
    /// <summary>Evaluates this many examples at a time, unless told otherwise.</summary>
    internal const int EvaluationBatchSize = 256;

    /// <summary>Trains the network, in place: its own parameter block changes with every step.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="train">The examples to train on.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <returns>What each epoch came to. If training was cancelled, up to there.</returns>
    /// <remarks>
    /// The same network, data and options give the same weights. Everything given is checked before the first step. Memory is taken
    /// before the first step too; a step allocates nothing, an epoch no more than its record.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// Data or options do not fit; the message lists all that is wrong, and the network is unchanged.
    /// </exception>
    /// <exception cref="TrainingDataException">A source of examples failed; the network is as it was after its last complete step.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The cost or the parameters became infinite or not a number; the network has its last good weights again.
    /// </exception>
    /// <exception cref="NetworkFileException">The checkpoint to go on from is damaged, or of another network.</exception>
    /// <exception cref="IOException">A checkpoint could not be written; the one before is intact.</exception>
    public static TrainingHistory Fit<T>(this INetwork<T> network, IDataSource<T> train, TrainingOptions<T>? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new TrainingOptions<T>();

        var check = new TrainingCheck<T>(network);
        check.Options(options);
        check.Data("the training data", train, options.BatchSize);
        check.Schedule(options.Schedule, train);
        if (options.Metrics is not null)
        {
            check.Metrics(options.AllMetrics(), train);
            check.HistoryNames(options.AllMetrics());
        }

        if (options.Validation is { } validation)
        {
            check.Data("the validation data", validation, EvaluationBatchSize);
        }

        check.ThrowIfAny(nameof(Fit), "nothing was trained");
        using var loop = new TrainingLoop<T>(network, train, options);
        return loop.Run();
    }

    /// <summary>Measures the network on examples with known targets.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">How many to evaluate at a time, or <see cref="TrainingOptions.FullBatch"/>.</param>
    /// <exception cref="ArgumentException">The data does not fit; the message lists all that is wrong.</exception>
    public static Evaluation Evaluate<T>(this INetwork<T> network, IDataSource<T> data, int batchSize = EvaluationBatchSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.Evaluate(data, [], batchSize);

    /// <summary>Measures the network on examples with known targets, with metrics.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">The examples.</param>
    /// <param name="metrics">The metrics, such as <c>[Metric.F1(), Metric.RocAuc]</c>; their values are in <see cref="Evaluation.Metrics"/>.</param>
    /// <param name="batchSize">How many to evaluate at a time, or <see cref="TrainingOptions.FullBatch"/>.</param>
    /// <exception cref="ArgumentException">The data or a metric does not fit; the message lists all that is wrong.</exception>
    public static Evaluation Evaluate<T>(
        this INetwork<T> network, IDataSource<T> data, IReadOnlyList<Metric> metrics, int batchSize = EvaluationBatchSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);

        var check = new TrainingCheck<T>(network);
        check.BatchSize(batchSize);
        check.Data("the data", data, batchSize);
        check.Metrics(metrics, data);
        check.ThrowIfAny(nameof(Evaluate), "nothing was evaluated");
        using var evaluator = new Evaluator<T>(network, data, batchSize, metrics);
        return evaluator.Run();
    }
}
