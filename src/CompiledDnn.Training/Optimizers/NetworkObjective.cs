using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>The cost of a network over a whole data set, with a penalty of λ/2 Σ w² over the weights.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network; its parameters are those that are evaluated.</param>
/// <param name="workspace">A workspace for all examples; has the outputs of the last evaluation.</param>
/// <param name="data">The examples.</param>
/// <param name="l2">λ.</param>
internal sealed class NetworkObjective<T>(INetwork<T> network, NetworkWorkspace<T> workspace, Dataset<T> data, double l2) : IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>J at the last evaluation, without the penalty.</summary>
    public double DataCost { get; private set; }

    /// <inheritdoc/>
    public Span<T> Parameters => network.Parameters.Span;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradients => workspace.Gradients;

    /// <inheritdoc/>
    public double Evaluate()
    {
        Batch<T> batch = data.Batch(0, data.Count);
        network.Forward(batch.X, workspace);
        DataCost = double.CreateTruncating(network.Cost(batch, workspace));
        network.OutputGradient(batch, workspace);
        network.Backward(batch.X, workspace);
        return l2 == 0 ? DataCost : DataCost + Penalize();
    }

    // Adds the penalty's gradient, λ w, and gives the penalty.
    private double Penalize()
    {
        double squares = 0;
        foreach (LayerInfo layer in network.Shape.Layers)
        {
            Span<T> w = Parameters.Slice(layer.WeightOffset, layer.WeightLength), dw = workspace.Gradients.Slice(layer.WeightOffset, layer.WeightLength);
            TensorPrimitives.MultiplyAddEstimate(w, T.CreateTruncating(l2), dw, dw);
            squares += WideSums.Squares<T>(w);
        }

        return l2 / 2 * squares;
    }
}
