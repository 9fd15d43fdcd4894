using System.Numerics;

namespace CompiledDnn;

/// <summary>The network's own step, which hands the optimiser each piece of the gradient as soon as it is there.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal class FusedStep<T> : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IParameterUpdate<T> _update;

    public FusedStep(INetwork<T> network, Optimizer optimizer, GradientRules rules, int batchSize)
        : base(network, optimizer, batchSize) =>
        _update = GradientUpdate<T>.ForPieces(Optimizer, network.Shape, rules);

    public override double Run(in Batch<T> batch) => double.CreateTruncating(
        batch.HasLabels
            ? Network.TrainStep(batch.X, batch.Labels, State, _update)
            : Network.TrainStep(batch.X, batch.Y, State, _update));
}

/// <summary>Gradient descent alone: the weights are updated from the registers that hold the gradient.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimiser.</param>
/// <param name="batchSize">The most examples of a batch.</param>
internal sealed class DescentStep<T>(INetwork<T> network, Optimizer optimizer, int batchSize) : FusedStep<T>(network, optimizer, default, batchSize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double Run(in Batch<T> batch)
    {
        T rate = T.CreateTruncating(Optimizer.Rate);
        if (!T.IsFinite(rate))
        {
            // A rate beyond the range of T is for the optimiser to deal with, like any other that is too large.
            return base.Run(batch);
        }

        Optimizer.Begin(Optimizer.Length);
        return double.CreateTruncating(
            batch.HasLabels
                ? Network.DescendStep(batch.X, batch.Labels, State, rate)
                : Network.DescendStep(batch.X, batch.Y, State, rate));
    }
}
