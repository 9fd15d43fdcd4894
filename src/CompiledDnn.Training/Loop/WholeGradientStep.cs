using System.Numerics;

namespace CompiledDnn;

/// <summary>One part after the other: the whole gradient is there before the first weight changes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class WholeGradientStep<T> : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GradientUpdate<T> _update;

    public WholeGradientStep(INetwork<T> network, Optimizer optimizer, GradientRules rules, int batchSize)
        : base(network, optimizer, batchSize) =>
        _update = new GradientUpdate<T>(Optimizer, network.Shape, rules);

    public override double Run(in Batch<T> batch)
    {
        Network.Forward(batch.X, State);
        double cost = double.CreateTruncating(Network.Cost(batch, State));
        if (!double.IsFinite(cost))
        {
            return cost;
        }

        Network.OutputGradient(batch, State);
        Network.Backward(batch.X, State);
        return _update.Step(Network.Parameters.Span, State.Gradients) ? cost : double.NaN;
    }
}
