using System.Numerics;

namespace CompiledDnn;

/// <summary>Evaluates a network on one data set, as often as asked, in memory taken once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class Evaluator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;
    private readonly Dataset<T> _data;
    private readonly NetworkWorkspace<T> _state;
    private readonly BatchMeter<T> _meter;
    private readonly MetricSet<T> _metrics;

    public Evaluator(INetwork<T> network, Dataset<T> data, int batchSize, IReadOnlyList<Metric> metrics)
    {
        _network = network;
        _data = data;
        _state = network.CreateWorkspace(BatchPlan.Size(batchSize, data.Count));
        _meter = new BatchMeter<T>(network.Shape);
        _metrics = new MetricSet<T>(metrics, MetricShape.Of(network.Shape, data.HasLabels));
    }

    /// <summary>Evaluates the network as it is now.</summary>
    public Evaluation Run()
    {
        _meter.Reset();
        _metrics.Reset();
        int size = _state.Capacity;
        for (int start = 0; start < _data.Count; start += size)
        {
            Batch<T> batch = _data.Batch(start, Math.Min(size, _data.Count - start));
            _network.Forward(batch.X, _state);
            T cost = batch.HasLabels ? _network.Cost(batch.Labels, _state) : _network.Cost(batch.Y, _state);
            _meter.Add(double.CreateTruncating(cost), batch, _state);
            _metrics.Add(batch, _state);
        }

        return _meter.Result with { Metrics = _metrics.Values };
    }
}
