using System.Numerics;

namespace CompiledDnn;

/// <summary>The metrics of one data set, gathered together.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class MetricSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly MetricAccumulator<T>[] _accumulators;

    /// <summary>Makes the accumulators.</summary>
    /// <param name="metrics">The metrics, without complaints.</param>
    /// <param name="shape">Outputs and targets.</param>
    public MetricSet(IReadOnlyList<Metric> metrics, MetricShape shape)
    {
        _metrics = metrics;
        _accumulators = [.. metrics.Select(metric => metric.CreateAccumulator<T>(shape))];
    }

    /// <summary>The accumulators, in the order of the metrics.</summary>
    public IReadOnlyList<MetricAccumulator<T>> Accumulators => _accumulators;

    /// <summary>What the batches since <see cref="Reset"/> came to.</summary>
    public MetricValues Values => _accumulators.Length == 0
        ? MetricValues.Empty
        : new MetricValues([.. _metrics.Zip(_accumulators, static (metric, gathered) => KeyValuePair.Create(metric.Name, gathered.Value))]);

    /// <summary>Forgets all batches.</summary>
    public void Reset()
    {
        foreach (MetricAccumulator<T> accumulator in _accumulators)
        {
            accumulator.Reset();
        }
    }

    /// <summary>Takes a batch into account; allocates nothing, unless a list grows.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="state">The workspace that it was last forwarded with.</param>
    public void Add(in Batch<T> batch, NetworkWorkspace<T> state)
    {
        if (_accumulators.Length == 0)
        {
            return;
        }

        LayerInfo last = state.Shape.Layers[^1];
        var rows = new MetricBatch<T>(
            state.ABlock(last.Index), last.Outputs, last.RowStride, batch.Count, batch.Y, batch.Labels, batch.Weights);
        foreach (MetricAccumulator<T> accumulator in _accumulators)
        {
            accumulator.Add(rows);
        }
    }
}

/// <summary>What is wrong with the metrics that were asked for.</summary>
internal static class MetricSet
{
    /// <summary>The complaints, each a part of a sentence.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="shape">Outputs and targets.</param>
    public static IEnumerable<string> Complaints(IReadOnlyList<Metric> metrics, MetricShape shape)
    {
        var names = new HashSet<string>();
        foreach (Metric? metric in metrics)
        {
            if (metric is null)
            {
                yield return "a metric is null";
                continue;
            }

            if (!names.Add(metric.Name))
            {
                yield return $"the metric {metric.Name} is asked for twice";
            }

            if (metric.Complaint(shape) is { } complaint)
            {
                yield return $"the metric {metric.Name} {complaint}";
            }
        }
    }
}
