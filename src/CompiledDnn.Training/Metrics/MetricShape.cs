namespace CompiledDnn;

/// <summary>What a metric has to know of a network and its targets.</summary>
/// <param name="Task">What the outputs mean.</param>
/// <param name="OutputSize">Numbers in the prediction of one example.</param>
/// <param name="TargetSize">Numbers in a target; 0 if the targets are class labels.</param>
public readonly record struct MetricShape(NetworkTask Task, int OutputSize, int TargetSize)
{
    /// <summary>True if the outputs are those of classes that exclude each other.</summary>
    internal bool IsMultiClass => TargetSize == 0 || Task == NetworkTask.Classification;

    /// <summary>True if there is a single output, the probability of class 1 against class 0.</summary>
    internal bool IsBinary => !IsMultiClass && Task == NetworkTask.BinaryClassification && OutputSize == 1;

    /// <summary>True if a target has a number for each output, or is a label.</summary>
    internal bool HasTargetForEachOutput => TargetSize == 0 || TargetSize == OutputSize;

    /// <summary>The classes that can be told apart: two with a single output, else one for each output.</summary>
    internal int Classes => IsBinary ? 2 : OutputSize;

    /// <summary>The shape of a network and of the targets that it is measured with.</summary>
    /// <param name="network">The network's shape.</param>
    /// <param name="hasLabels">True if the targets are class labels.</param>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    public static MetricShape Of(NetworkShape network, bool hasLabels)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new MetricShape(network.Task, network.OutputSize, hasLabels ? 0 : network.TargetSize);
    }
}
