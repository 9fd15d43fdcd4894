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
    private readonly OptimizerState<T> _optimizer = optimizer.CreateState<T>(network.Shape);

    /// <summary>The outputs and gradients of the batch last trained on.</summary>
    public NetworkWorkspace<T> State { get; } = network.CreateWorkspace(batchSize);

    /// <summary>Trains on a batch; allocates nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>J before the update. If it is not finite, the parameters are left as they are.</returns>
    public double Run(Batch<T> batch) => double.CreateTruncating(
        batch.HasLabels
            ? network.TrainStep(batch.X, batch.Labels, State, _optimizer)
            : network.TrainStep(batch.X, batch.Y, State, _optimizer));
}
