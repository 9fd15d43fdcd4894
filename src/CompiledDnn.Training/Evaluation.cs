namespace CompiledDnn;

/// <summary>How well a network does on a data set.</summary>
/// <param name="Cost">J, the mean over the examples.</param>
/// <param name="Accuracy">
/// The share that is predicted right; null for regression. With several classes it is the share of the examples whose largest
/// output is that of the label, or of the target's largest number. With independent probabilities it is the share of the outputs
/// on the same side of 0.5 as their targets; 0.5 itself counts as below.
/// </param>
public readonly record struct Evaluation(double Cost, double? Accuracy)
{
    /// <summary>The values of the metrics that were asked for, by name.</summary>
    public MetricValues Metrics
    {
        // No metrics are kept as null, so that the default value equals one with no metrics.
        get => field ?? MetricValues.Empty;
        init => field = value is { Count: 0 } ? null : value;
    }
}
