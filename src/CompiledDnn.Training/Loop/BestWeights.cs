using System.Numerics;

namespace CompiledDnn;

/// <summary>Watches the epochs for <see cref="EarlyStopping"/>: which was the best, its weights, and how long ago it was.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="options">When to stop.</param>
internal sealed class BestWeights<T>(INetwork<T> network, EarlyStopping options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _copy = options.RestoreBest ? new T[network.Shape.BlockLength] : [];
    private double _best = double.NaN;
    private int _waited;

    /// <summary>The best epoch, counted from 1; 0 before there is one.</summary>
    public int Epoch { get; private set; }

    /// <summary>The weights of the best epoch, laid out like the parameter block.</summary>
    public Span<T> Weights => _copy;

    /// <summary>True if there is a best epoch and its weights are kept.</summary>
    public bool HasWeights => Epoch > 0 && options.RestoreBest;

    /// <summary>True after more epochs without an improvement than there is patience for.</summary>
    public bool IsExhausted => _waited >= options.Patience;

    /// <summary>Looks at an epoch that has just ended, and keeps the weights if it is the best.</summary>
    /// <param name="record">The epoch's record.</param>
    public void Observe(EpochRecord record)
    {
        if (Count(record) && options.RestoreBest)
        {
            network.Parameters.Span.CopyTo(_copy);
        }
    }

    /// <summary>Goes through the epochs of a training that is resumed.</summary>
    /// <param name="records">The finished epochs.</param>
    public void Replay(IReadOnlyList<EpochRecord> records)
    {
        foreach (EpochRecord record in records)
        {
            Count(record);
        }
    }

    /// <summary>Gives the network the weights of the best epoch, if they were kept and there is one.</summary>
    public void Restore()
    {
        if (HasWeights)
        {
            _copy.CopyTo(network.Parameters.Span);
        }
    }

    // True if the epoch is the best so far. What is not a number is never better.
    private bool Count(EpochRecord record)
    {
        double value = Watched(record);
        bool isBetter = double.IsNaN(_best) ? !double.IsNaN(value) : _best - value > options.MinChange;
        _waited = isBetter ? 0 : _waited + 1;
        if (isBetter)
        {
            _best = value;
            Epoch = record.Epoch;
        }

        return isBetter;
    }

    // Smaller is better.
    private double Watched(EpochRecord record)
    {
        if (options.Metric is not { } metric)
        {
            return record.ValidationCost ?? record.Cost;
        }

        double value = (record.ValidationCost is null ? record.Metrics : record.ValidationMetrics)[metric.Name];
        return metric.LargerIsBetter ? -value : value;
    }
}
