using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>The epochs of one training: batches in their order, a step for each, then the record. What is given has been checked.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TrainingLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;
    private readonly Dataset<T> _train;
    private readonly TrainingOptions<T> _options;
    private readonly int _batchSize;
    private readonly int _stepsPerEpoch;
    private readonly TrainingStep<T> _step;
    private readonly BatchMeter<T> _meter;
    private readonly Shuffler? _shuffler;
    private readonly BatchBuffer<T>? _buffer;
    private readonly Evaluator<T>? _validation;
    private readonly TrainingHistory _history = new();

    public TrainingLoop(INetwork<T> network, Dataset<T> train, TrainingOptions<T> options)
    {
        _network = network;
        _train = train;
        _options = options;
        _batchSize = BatchPlan.Size(options.BatchSize, train.Count);
        _stepsPerEpoch = BatchPlan.Steps(_batchSize, train.Count);
        _step = new TrainingStep<T>(network, options.Optimizer, _batchSize);
        _meter = new BatchMeter<T>(network.Shape);
        if (options.Shuffle && _stepsPerEpoch > 1)
        {
            _shuffler = new Shuffler(train.Count, options.Seed);
            _buffer = new BatchBuffer<T>(train, _batchSize);
        }

        if (options.Validation is { } validation)
        {
            _validation = new Evaluator<T>(network, validation, TrainingExtensions.EvaluationBatchSize, []);
        }
    }

    /// <summary>Trains for all epochs, or until cancelled.</summary>
    public TrainingHistory Run()
    {
        long began = Stopwatch.GetTimestamp();
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            long epochBegan = Stopwatch.GetTimestamp();
            if (!TrainEpoch(epoch))
            {
                _history.StopReason = StopReason.Cancelled;
                break;
            }

            Record(epoch, epochBegan);
            Report(_history.Last!, began);
        }

        return _history;
    }

    /// <summary>One pass over the examples.</summary>
    /// <returns>False if cancelled on the way.</returns>
    private bool TrainEpoch(int epoch)
    {
        _meter.Reset();
        ReadOnlySpan<int> order = _shuffler is null ? default : _shuffler.Shuffle(epoch);
        for (int step = 1; step <= _stepsPerEpoch; step++)
        {
            if (_options.CancellationToken.IsCancellationRequested)
            {
                return false;
            }

            int start = (step - 1) * _batchSize;
            int m = Math.Min(_batchSize, _train.Count - start);
            Batch<T> batch = _buffer is null ? _train.Batch(start, m) : _buffer.Gather(order.Slice(start, m));
            double cost = _step.Run(batch);
            if (!double.IsFinite(cost))
            {
                throw Diverged(epoch, step, string.Create(CultureInfo.InvariantCulture, $"the cost became {cost}"));
            }

            _history.Steps++;
            _meter.Add(cost, batch, _step.State);
        }

        RequireFiniteParameters(epoch);
        return true;
    }

    private void Record(int epoch, long began)
    {
        Evaluation train = _meter.Result;
        Evaluation? validation = _validation?.Run();
        _history.Add(new EpochRecord
        {
            Epoch = epoch,
            Step = _history.Steps,
            Examples = _train.Count,
            Cost = train.Cost,
            Accuracy = train.Accuracy,
            ValidationCost = validation?.Cost,
            ValidationAccuracy = validation?.Accuracy,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
        });
    }

    private void Report(EpochRecord record, long began) => _options.Progress?.Report(new TrainingProgress
    {
        Epoch = record.Epoch,
        Epochs = _options.Epochs,
        Step = _history.Steps,
        StepsPerEpoch = _stepsPerEpoch,
        Cost = record.Cost,
        Accuracy = record.Accuracy,
        ValidationCost = record.ValidationCost,
        ValidationAccuracy = record.ValidationAccuracy,
        Elapsed = Stopwatch.GetElapsedTime(began),
    });

    // The cost shows what earlier steps did; only a look at the parameters shows what the last one did.
    private void RequireFiniteParameters(int epoch)
    {
        foreach (T parameter in _network.Parameters.Span)
        {
            if (!T.IsFinite(parameter))
            {
                throw Diverged(epoch, _stepsPerEpoch, "a parameter became infinite or not a number");
            }
        }
    }

    private TrainingDivergedException Diverged(int epoch, int step, string what) =>
        new(_network.Shape.Name, epoch, step, what, _history);
}
