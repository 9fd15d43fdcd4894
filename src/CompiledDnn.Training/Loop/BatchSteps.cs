using System.Numerics;

namespace CompiledDnn;

/// <summary>The steps of a network on a batch, whether its targets are rows or labels, with or without weights.</summary>
internal static class BatchSteps
{
    /// <summary>The cost of the batch last forwarded.</summary>
    public static T Cost<T>(this INetwork<T> network, in Batch<T> batch, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (batch.HasLabels, batch.HasWeights) switch
        {
            (true, true) => network.Cost(batch.Labels, batch.Weights, state),
            (true, false) => network.Cost(batch.Labels, state),
            (false, true) => network.Cost(batch.Y, batch.Weights, state),
            (false, false) => network.Cost(batch.Y, state),
        };

    /// <summary>Writes DZL of the batch last forwarded.</summary>
    public static void OutputGradient<T>(this INetwork<T> network, in Batch<T> batch, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (batch.HasLabels, batch.HasWeights)
        {
            case (true, true):
                network.OutputGradient(batch.Labels, batch.Weights, state);
                break;
            case (true, false):
                network.OutputGradient(batch.Labels, state);
                break;
            case (false, true):
                network.OutputGradient(batch.Y, batch.Weights, state);
                break;
            case (false, false):
                network.OutputGradient(batch.Y, state);
                break;
        }
    }
}
