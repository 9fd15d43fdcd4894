using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>Finds out where numbers stopped being finite, for the message.</summary>
internal static class Divergence
{
    /// <summary>A clause that names the first layer whose weights or biases are not finite; null if all are.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    public static string? InParameters<T>(INetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> block = network.Parameters.Span;
        foreach (LayerInfo layer in network.Shape.Layers)
        {
            if (!TensorPrimitives.IsFiniteAll(block.Slice(layer.WeightOffset, layer.WeightLength)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"W{layer.Index} holds numbers that are not finite");
            }

            if (!TensorPrimitives.IsFiniteAll(block.Slice(layer.BiasOffset, layer.BiasLength)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"B{layer.Index} holds numbers that are not finite");
            }
        }

        return null;
    }

    /// <summary>A clause that names what of a batch is not finite; null if all is.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="batch">The batch.</param>
    public static string? InBatch<T>(Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        !TensorPrimitives.IsFiniteAll(batch.X) ? "the batch has inputs that are not finite"
        : !TensorPrimitives.IsFiniteAll(batch.Y) ? "the batch has targets that are not finite"
        : null;

    /// <summary>A clause that names the first layer whose outputs are not finite for a batch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="x">The inputs of the batch.</param>
    /// <param name="state">A workspace for the batch; overwritten.</param>
    public static string InOutputs<T>(INetwork<T> network, ReadOnlySpan<T> x, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Forward(x, state);
        foreach (LayerInfo layer in network.Shape.Layers)
        {
            if (!TensorPrimitives.IsFiniteAll<T>(state.ARows(layer.Index, 0, state.BatchSize)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the outputs of layer {layer.Index} are the first that are not finite");
            }
        }

        return "the outputs of all layers are finite, the loss is not";
    }
}
