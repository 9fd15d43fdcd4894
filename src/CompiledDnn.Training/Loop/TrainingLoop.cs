using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>The epochs of one training: batches in their order, a step for each, then the record. What is given has been checked.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TrainingLoop<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;
    private readonly IDataSource<T> _train;
    private readonly TrainingOptions<T> _options;
    private readonly int _batchSize;
    private readonly int? _stepsPerEpoch;
    private readonly BatchFeed<T> _feed;
    private readonly BatchPreparation<T>? _preparation;
    private readonly TrainingStep<T> _step;
    private readonly BatchMeter<T> _meter;
    private readonly MetricSet<T> _metrics;
    private readonly Evaluator<T>? _validation;
    private readonly TrainingHistory _history = new();
    private readonly TrainingContext<T> _context;
    private readonly LearningRate<T> _rate;
    private readonly BestWeights<T>? _best;
    private readonly CheckpointKeeper<T>? _checkpoints;
    private readonly GoodWeights<T> _good;
    private readonly TrainingCallback<T>[] _callbacks;
    private TrainingPosition _position = TrainingPosition.Start;

    public TrainingLoop(INetwork<T> network, IDataSource<T> train, TrainingOptions<T> options)
    {
        _network = network;
        _train = train;
        _options = options;
        _callbacks = [.. options.Callbacks];
        _batchSize = BatchPlan.Size(options.BatchSize, train.Count);
        _stepsPerEpoch = BatchPlan.Steps(_batchSize, train.Count);
        _preparation = BatchPreparation<T>.Create(network.Shape, train, options, _batchSize);
        _step = TrainingStep<T>.Create(network, options.Optimizer, options.Rules, _batchSize, _preparation is { IsWeighted: true });
        _step.State.DropoutSeed = options.Seed;
        _meter = new BatchMeter<T>(network.Shape);
        IReadOnlyList<Metric> metrics = options.AllMetrics();
        _metrics = new MetricSet<T>(metrics, MetricShape.Of(network.Shape, train.TargetSize == 0));
        _context = new TrainingContext<T>(network, _history, _step.Optimizer);
        _rate = new LearningRate<T>(options.Schedule, _context, _step.Optimizer, _stepsPerEpoch, options.Epochs);
        _validation = options.Validation is { } validation ? new Evaluator<T>(network, validation, TrainingExtensions.EvaluationBatchSize, metrics) : null;
        _best = options.EarlyStopping is { } stopping ? new BestWeights<T>(network, stopping) : null;
        _checkpoints = options.Checkpoints is { } checkpoints ? OpenCheckpoints(checkpoints) : null;
        if (options.KeepStepCosts && _stepsPerEpoch is { } steps)
        {
            _history.ReserveStepCosts((long)steps * options.Epochs);
        }

        _good = new GoodWeights<T>(network, _history.Steps);
        _feed = BatchFeed<T>.Create(train, _batchSize, options.Shuffle, options.Seed, options.CancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _feed.Dispose();
        _validation?.Dispose();
    }

    /// <summary>Trains for all epochs, or until something stops it.</summary>
    public TrainingHistory Run()
    {
        var stop = new StopSignal<T>(_options, _context);
        ProgressReporter<T>? progress = _options.Progress is { } told ? new ProgressReporter<T>(told, _options, _context, _stepsPerEpoch) : null;
        StopReason? reason = AfterEpoch();
        while (reason is null && _position.Epoch <= _options.Epochs)
        {
            reason = TrainEpoch(stop, progress) ?? AfterEpoch();
        }

        _history.StopReason = reason ?? StopReason.AllEpochs;

        // With the weights of the last step: a training that is resumed goes on from those, not from the best.
        _checkpoints?.AtEnd(_position);
        _best?.Restore();
        return _history;
    }

    // Why no further epoch is to be trained; null to go on.
    private StopReason? AfterEpoch() =>
        _best is { IsExhausted: true } ? StopReason.EarlyStopping
        : _step.HasConverged ? StopReason.Converged
        : null;

    // One pass over the examples, or over what is left of it. Returns why training is to stop in the middle of it.
    private StopReason? TrainEpoch(StopSignal<T> stop, ProgressReporter<T>? progress)
    {
        long began = Stopwatch.GetTimestamp();
        if (_position.StepInEpoch == 0)
        {
            _meter.Reset();
            _metrics.Reset();
        }

        _context.Epoch = _position.Epoch;
        _feed.BeginEpoch(_position.Epoch, _position.Examples);
        StopReason? reason = stop.Reason();
        while (reason is null && _feed.TryNext(out Batch<T> batch))
        {
            TakeStep(batch);
            progress?.AfterStep(batch.Count, _meter);
            _checkpoints?.AfterStep(_position);
            reason = stop.Reason();
        }

        // A wait for a batch that was cancelled looks like the end of the epoch; the end itself comes before any reason to stop.
        reason ??= stop.Reason();
        if (reason is not null && _position.StepInEpoch != _stepsPerEpoch)
        {
            return reason;
        }

        EndEpoch(began, progress);
        return null;
    }

    private void TakeStep(in Batch<T> batch)
    {
        if (_preparation is null)
        {
            TakeStep(batch, batch);
        }
        else
        {
            TakeStep(batch, _preparation.Prepare(batch));
        }
    }

    private void TakeStep(in Batch<T> batch, in Batch<T> prepared)
    {
        _rate.Set(_position);
        _step.State.DropoutStep = _history.Steps;
        double cost = _step.Run(prepared);
        _position = _position.AfterStep(batch.Count);
        if (!double.IsFinite(cost))
        {
            string where = Divergence.InBatch(prepared) ?? Divergence.InParameters(_network) ?? Divergence.InOutputs(_network, batch.X, _step.State);
            throw Diverged(string.Create(CultureInfo.InvariantCulture, $"the cost became {cost}"), where);
        }

        _history.Steps++;
        _meter.Add(cost, prepared.Weights, batch, _step.State);
        _metrics.Add(batch, _step.State);
        if (_options.KeepStepCosts)
        {
            _history.Add(new StepCost(_history.Steps, cost));
        }

        _context.StepInEpoch = _position.StepInEpoch;
        _context.Cost = cost;
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnBatchEnd(_context);
        }
    }

    private void EndEpoch(long began, ProgressReporter<T>? progress)
    {
        // The cost shows what earlier steps did; only a look at the parameters shows what the last one did.
        if (!_good.Observe(_history.Steps, isLast: _position.Epoch == _options.Epochs))
        {
            throw Diverged("a parameter became infinite or not a number", Divergence.InParameters(_network)!);
        }

        EpochRecord record = Record(began);
        _history.Add(record);
        _best?.Observe(record);
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpochEnd(_context);
        }

        progress?.AfterEpoch(record);
        _position = _position.NextEpoch();
        _checkpoints?.AfterEpoch(_position);
    }

    private EpochRecord Record(long began)
    {
        Evaluation train = _meter.Result;
        Evaluation? validation = _validation?.Run();
        return new EpochRecord
        {
            Epoch = _position.Epoch,
            Step = _history.Steps,
            Examples = _position.Examples,
            Rate = _step.Optimizer.Rate,
            Cost = train.Cost,
            Accuracy = train.Accuracy,
            Metrics = _metrics.Values,
            ValidationCost = validation?.Cost,
            ValidationAccuracy = validation?.Accuracy,
            ValidationMetrics = validation?.Metrics ?? MetricValues.Empty,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
        };
    }

    private CheckpointKeeper<T> OpenCheckpoints(CheckpointOptions options)
    {
        var state = new TrainingState<T>
        {
            Network = _network,
            Optimizer = _step.Optimizer,
            Context = _context,
            Meter = _meter,
            Metrics = _metrics,
            Best = _best,
            Setting = new CheckpointSetting
            {
                Count = _train.Count,
                BatchSize = _batchSize,
                Shuffle = _options.Shuffle,
                Seed = _options.Seed,
                KeepsBest = _options.EarlyStopping is { RestoreBest: true },
                Optimizer = _options.Optimizer.GetType().Name,
                Slots = [.. _options.Optimizer.Slots],
                Metrics = [.. _options.AllMetrics().Select(metric => metric.Name)],
            },
        };
        if (new CheckpointFolder(options.Folder).Newest() is { } newest)
        {
            _position = state.Load(newest);
        }

        return new CheckpointKeeper<T>(options, state);
    }

    private TrainingDivergedException Diverged(string what, string where) =>
        new(_network.Shape.Name, _position, what, where, _good.Restore(), _history);
}
