using System.Numerics;

namespace CompiledDnn;

/// <summary>One step of training: forward, cost, backward, and the optimiser.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimiser.</param>
/// <param name="batchSize">The most examples of a batch.</param>
internal sealed class TrainingStep<T>(INetwork<T> network, Optimizer optimizer, int batchSize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Gradient descent alone is part of the network's own step, which updates from the registers that hold the gradient.
    private readonly bool _descends = optimizer is GradientDescentOptimizer;

    /// <summary>The outputs and gradients of the batch last trained on.</summary>
    public NetworkWorkspace<T> State { get; } = network.CreateWorkspace(batchSize);

    /// <summary>What the optimiser remembers.</summary>
    public OptimizerState<T> Optimizer { get; } = optimizer.CreateState<T>(network.Shape.BlockLength);

    /// <summary>Trains on a batch; allocates nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>J before the update.</returns>
    public double Run(Batch<T> batch)
    {
        // A rate beyond the range of T is for the optimiser to deal with, like any other that is too large.
        T rate = T.CreateTruncating(Optimizer.Rate);
        return double.CreateTruncating(_descends && T.IsFinite(rate) ? Descend(batch, rate) : Train(batch));
    }

    private T Descend(Batch<T> batch, T rate)
    {
        Optimizer.Begin(network.Shape.BlockLength);
        return batch.HasLabels
            ? network.DescendStep(batch.X, batch.Labels, State, rate)
            : network.DescendStep(batch.X, batch.Y, State, rate);
    }

    private T Train(Batch<T> batch) => batch.HasLabels
        ? network.TrainStep(batch.X, batch.Labels, State, Optimizer)
        : network.TrainStep(batch.X, batch.Y, State, Optimizer);
}
