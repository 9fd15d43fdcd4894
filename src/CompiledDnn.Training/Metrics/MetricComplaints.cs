namespace CompiledDnn;

/// <summary>What metrics complain of. Each says null if there is nothing to complain of.</summary>
internal static class MetricComplaints
{
    /// <summary>For metrics of classes or probabilities.</summary>
    public static string? UnlessClassification(MetricShape shape) =>
        shape.Task == NetworkTask.Regression ? "is for classes, but the outputs are numbers of a regression" : UnlessOneTargetEach(shape);

    /// <summary>For metrics of classes that exclude each other, two with a single output.</summary>
    public static string? UnlessExclusive(MetricShape shape) =>
        UnlessClassification(shape)
        ?? (shape.IsMultiClass || shape.IsBinary
            ? null
            : $"is for classes that exclude each other, but the {shape.OutputSize} outputs are independent probabilities");

    /// <summary>For metrics that measure how far outputs are from targets.</summary>
    public static string? UnlessNumbers(MetricShape shape) =>
        shape.TargetSize == 0 ? "needs targets that are numbers, but they are class labels"
        : shape.Task == NetworkTask.Classification ? "is for numbers, but the outputs are those of classes"
        : UnlessOneTargetEach(shape);

    /// <summary>For metrics that need a target for each output.</summary>
    public static string? UnlessOneTargetEach(MetricShape shape) =>
        shape.HasTargetForEachOutput
            ? null
            : $"needs a target for each output, but there are {shape.OutputSize} outputs and {shape.TargetSize} numbers in a target; "
                + "OnOutputs chooses the outputs to measure";
}
