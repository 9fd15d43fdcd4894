using System.Numerics;

namespace CompiledDnn;

/// <summary>One step of training: forward, cost, backward, and the optimiser.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;

    // Gradient descent alone is part of the network's own step, which updates from the registers that hold the gradient.
    private readonly bool _descends;

    /// <summary>Takes the memory for steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="batchSize">The most examples of a batch.</param>
    public TrainingStep(INetwork<T> network, Optimizer optimizer, int batchSize)
    {
        _network = network;
        _descends = optimizer is GradientDescentOptimizer;
        State = network.CreateWorkspace(batchSize);
        Optimizer = optimizer.CreateState<T>(network.Shape.BlockLength);
    }

    /// <summary>The outputs and gradients of the batch last trained on.</summary>
    public NetworkWorkspace<T> State { get; }

    /// <summary>What the optimiser remembers.</summary>
    public OptimizerState<T> Optimizer { get; }

    /// <summary>Trains on a batch; allocates nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>J before the update.</returns>
    public double Run(Batch<T> batch)
    {
        if (batch.HasWeights)
        {
            return double.CreateTruncating(TrainWhole(batch));
        }

        // A rate beyond the range of T is for the optimiser to deal with, like any other that is too large.
        T rate = T.CreateTruncating(Optimizer.Rate);
        return double.CreateTruncating(_descends && T.IsFinite(rate) ? Descend(batch, rate) : Train(batch));
    }

    private T Descend(Batch<T> batch, T rate)
    {
        Optimizer.Begin(_network.Shape.BlockLength);
        return batch.HasLabels
            ? _network.DescendStep(batch.X, batch.Labels, State, rate)
            : _network.DescendStep(batch.X, batch.Y, State, rate);
    }

    private T Train(Batch<T> batch) => batch.HasLabels
        ? _network.TrainStep(batch.X, batch.Labels, State, Optimizer)
        : _network.TrainStep(batch.X, batch.Y, State, Optimizer);

    // One step after the other: the whole gradient is there before the first weight changes.
    private T TrainWhole(Batch<T> batch)
    {
        _network.Forward(batch.X, State);
        T cost = _network.Cost(batch, State);
        if (T.IsFinite(cost))
        {
            _network.OutputGradient(batch, State);
            _network.Backward(batch.X, State);
            Optimizer.Step(_network.Parameters.Span, State.Gradients);
        }

        return cost;
    }
}
