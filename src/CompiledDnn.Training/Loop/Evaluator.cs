using System.Numerics;

namespace CompiledDnn;

/// <summary>Evaluates a network on one source of examples, as often as asked, in memory taken once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class Evaluator<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;
    private readonly BatchFeed<T> _feed;
    private readonly NetworkWorkspace<T> _state;
    private readonly BatchMeter<T> _meter;
    private readonly MetricSet<T> _metrics;

    public Evaluator(INetwork<T> network, IDataSource<T> data, int batchSize, IReadOnlyList<Metric> metrics)
    {
        _network = network;
        int size = BatchPlan.Size(batchSize, data.Count);
        _feed = BatchFeed<T>.Create(data, size, shuffle: false, seed: 0);
        _state = network.CreateWorkspace(size);
        _meter = new BatchMeter<T>(network.Shape);
        _metrics = new MetricSet<T>(metrics, MetricShape.Of(network.Shape, data.TargetSize == 0));
    }

    /// <summary>Evaluates the network as it is now. Examples that have weights count by them.</summary>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    public Evaluation Run()
    {
        _meter.Reset();
        _metrics.Reset();
        _feed.BeginEpoch(epoch: 0, firstExample: 0);
        while (_feed.TryNext(out Batch<T> batch))
        {
            _network.Forward(batch.X, _state);
            _meter.Add(double.CreateTruncating(_network.Cost(batch, _state)), batch, _state);
            _metrics.Add(batch, _state);
        }

        return _meter.Result with { Metrics = _metrics.Values };
    }

    /// <inheritdoc/>
    public void Dispose() => _feed.Dispose();
}
