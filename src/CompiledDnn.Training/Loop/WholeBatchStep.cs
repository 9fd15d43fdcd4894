using System.Numerics;

namespace CompiledDnn;

/// <summary>A step of an optimiser that evaluates the cost of all examples several times.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimiser.</param>
/// <param name="rules">Penalties; nothing is clipped.</param>
/// <param name="batchSize">All examples.</param>
internal sealed class WholeBatchStep<T>(INetwork<T> network, Optimizer optimizer, GradientRules rules, int batchSize)
    : TrainingStep<T>(network, optimizer, batchSize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private NetworkObjective<T>? _objective;
    private LBFGSStep<T>? _step;
    private bool _hasConverged;

    public override bool HasConverged => _hasConverged;

    /// <summary>Takes a step, after which J is that of the parameters as they are now.</summary>
    /// <param name="batch">All examples, the same every time.</param>
    public override double Run(in Batch<T> batch)
    {
        if (_step is null)
        {
            // The first batch is all batches; it is kept, because a step asks for its cost again and again.
            _objective = new NetworkObjective<T>(Network, State, Dataset.Copy(batch, Network.Shape), rules.L2);
            _step = new LBFGSStep<T>(Optimizer, _objective);
        }

        WholeBatchOutcome outcome = _step.Run();
        _hasConverged = outcome is WholeBatchOutcome.Converged or WholeBatchOutcome.Stuck;
        return outcome == WholeBatchOutcome.NotFinite ? double.NaN : _objective!.DataCost;
    }
}
