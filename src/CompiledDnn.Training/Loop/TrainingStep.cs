using System.Numerics;

namespace CompiledDnn;

/// <summary>One step of training: forward, cost, backward, and the optimiser.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes the memory for steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="batchSize">The most examples of a batch.</param>
    protected TrainingStep(INetwork<T> network, Optimizer optimizer, int batchSize)
    {
        Network = network;
        State = network.CreateWorkspace(batchSize, WorkspaceOptions.Training);
        Optimizer = optimizer.CreateState<T>(network.Shape);
    }

    /// <summary>The outputs and gradients of the batch last trained on.</summary>
    public NetworkWorkspace<T> State { get; }

    /// <summary>What the optimiser remembers.</summary>
    public OptimizerState<T> Optimizer { get; }

    /// <summary>True once further steps would change next to nothing.</summary>
    public virtual bool HasConverged => false;

    /// <summary>The network.</summary>
    protected INetwork<T> Network { get; }

    /// <summary>Chooses how to take steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="rules">What is done to the gradient before the optimiser sees it.</param>
    /// <param name="batchSize">The most examples of a batch.</param>
    /// <param name="isWeighted">True if the examples of its batches have weights.</param>
    public static TrainingStep<T> Create(INetwork<T> network, Optimizer optimizer, GradientRules rules, int batchSize, bool isWeighted) =>
        optimizer is LBFGSOptimizer ? new WholeBatchStep<T>(network, optimizer, rules, batchSize)
        : isWeighted || rules.NeedsWholeGradient ? new WholeGradientStep<T>(network, optimizer, rules, batchSize)
        : optimizer is GradientDescentOptimizer && !rules.ChangesNumbers ? new DescentStep<T>(network, optimizer, batchSize)
        : new FusedStep<T>(network, optimizer, rules, batchSize);

    /// <summary>Trains on a batch; allocates nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>J before the update, or what else is not finite: the parameters are then of no use, unless they were left as they are.</returns>
    public abstract double Run(in Batch<T> batch);
}
