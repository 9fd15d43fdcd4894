using System.Numerics;

namespace CompiledDnn;

/// <summary>Where training is, for a <see cref="TrainingCallback{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingContext<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerState<T> _optimizer;

    internal TrainingContext(INetwork<T> network, TrainingHistory history, OptimizerState<T> optimizer)
    {
        Network = network;
        History = history;
        _optimizer = optimizer;
        BaseRate = optimizer.Rate;
    }

    /// <summary>The network that is trained.</summary>
    public INetwork<T> Network { get; }

    /// <summary>The finished epochs.</summary>
    public TrainingHistory History { get; }

    /// <summary>The epoch under way or, after an epoch, the one that has ended; counted from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The steps taken in this epoch.</summary>
    public int StepInEpoch { get; internal set; }

    /// <summary>The steps taken in all epochs.</summary>
    public long Step => History.Steps;

    /// <summary>J of the last batch, before its update.</summary>
    public double Cost { get; internal set; }

    /// <summary>The learning rate that the last step was taken with, or that the first will be.</summary>
    public double Rate => _optimizer.Rate;

    /// <summary>
    /// The learning rate that a schedule starts from; without a schedule, the rate of the steps. From the optimiser at first; changed here,
    /// it holds from the next step on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or not a number.</exception>
    public double BaseRate
    {
        get;
        set
        {
            Optimizer.RequireRate(value, nameof(BaseRate));
            field = value;
        }
    }

    /// <summary>Ends training after the step or epoch under way. <c>Fit</c> then returns as usual.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>True once <see cref="Stop"/> was called.</summary>
    internal bool IsStopped { get; private set; }
}
