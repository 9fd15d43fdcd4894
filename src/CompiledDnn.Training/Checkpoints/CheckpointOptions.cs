namespace CompiledDnn;

/// <summary>
/// Where and how often <c>Fit</c> saves all that it takes to go on: weights, the optimiser's memory, the best weights so far, the place in
/// the epoch and the history. A training that was killed at any moment and is resumed ends with the same bits as one that was not.
/// </summary>
/// <remarks>
/// A checkpoint is a safetensors file named after its step, written whole or not at all. The network's own <c>Load</c> reads its weights.
/// When training ends, whatever the reason but an exception, a last one is written. Other activations than those of the network that wrote it are
/// noticed by their names; it has no example as the network's own Save writes one, because that would be a prediction more with every one of
/// them, for a file that is soon deleted.
/// </remarks>
/// <param name="Folder">The folder; created if it is not there. For the checkpoints of one training alone.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>Saves after so many epochs; 0 for never. Default: 1.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Saves after so many steps; 0 for never. Default: 0.</summary>
    public int EverySteps { get; init; }

    /// <summary>Saves when so much time has passed since the last checkpoint; null for never. Default: null.</summary>
    public TimeSpan? EveryInterval { get; init; }

    /// <summary>How many checkpoints stay; older ones are deleted once a new one is written. At least 1. Default: 3.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>
    /// True to go on from the newest checkpoint of the folder, if there is one. False refuses a folder that has checkpoints already.
    /// Default: true.
    /// </summary>
    public bool Resume { get; init; } = true;
}
