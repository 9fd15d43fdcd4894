namespace CompiledDnn;

/// <summary>Gives a block of numbers laid out like the parameters.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal delegate Span<T> BlockOf<T>();

/// <summary>A block laid out like the parameters, and the name that a checkpoint has it by.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Prefix">What its tensors' names begin with; empty for the parameters themselves.</param>
/// <param name="Numbers">Gives its numbers.</param>
internal sealed record CheckpointBlock<T>(string Prefix, BlockOf<T> Numbers);

/// <summary>Numbers of any count, and the name that a checkpoint has them by; kept as doubles.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Read">Gives them.</param>
internal sealed record CheckpointNumbers(string Name, Func<double[]> Read);

/// <summary>The names of a checkpoint's tensors.</summary>
internal static class CheckpointTensors
{
    /// <summary>What the names of the best weights begin with.</summary>
    public const string Best = NetworkTensor.TrainingPrefix + "best.";

    /// <summary>The name of what the optimiser remembers beside its slots.</summary>
    public const string OptimizerNumbers = NetworkTensor.TrainingPrefix + "optimizer";

    /// <summary>What the names of one of the optimiser's slots begin with.</summary>
    /// <param name="slot">The slot's name.</param>
    public static string Slot(string slot) => $"{NetworkTensor.TrainingPrefix}optimizer.{slot}.";

    /// <summary>The name of what a metric has gathered.</summary>
    /// <param name="metric">The metric's name.</param>
    public static string Metric(string metric) => $"{NetworkTensor.TrainingPrefix}metric.{metric}";
}
