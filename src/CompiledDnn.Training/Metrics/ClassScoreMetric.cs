namespace CompiledDnn;

/// <summary>Precision, recall or F1.</summary>
/// <param name="name">Which.</param>
/// <param name="formula">The score of one class.</param>
/// <param name="average">How the classes' scores become one.</param>
/// <param name="onlyClass">The class whose score alone is asked for; null for all.</param>
/// <param name="threshold">Where a probability begins to mean yes.</param>
internal sealed class ClassScoreMetric(string name, ClassScore.Formula formula, Average average, int? onlyClass, double threshold) : Metric
{
    /// <inheritdoc/>
    public override string Name { get; } = name + Kind(average, onlyClass) + Suffix(threshold);

    /// <inheritdoc/>
    public override string? Complaint(MetricShape shape) =>
        MetricComplaints.UnlessClassification(shape)
        ?? (onlyClass >= shape.Classes ? $"is of class {onlyClass}, but classes go from 0 to {shape.Classes - 1}" : null);

    /// <inheritdoc/>
    public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) =>
        new ClassCounts<T>(shape, T.CreateTruncating(threshold), new ClassScore(formula, average, onlyClass));

    private static string Kind(Average average, int? onlyClass) => onlyClass is { } c
        ? FormattableString.Invariant($"_class_{c}")
        : average switch
        {
            Average.Macro => "_macro",
            Average.Micro => "_micro",
            Average.Weighted => "_weighted",
            _ => "",
        };
}
