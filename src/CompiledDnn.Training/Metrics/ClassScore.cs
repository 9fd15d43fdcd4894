namespace CompiledDnn;

/// <summary>Precision, recall or F1 of counts by class, averaged.</summary>
/// <param name="formula">The score of one class, or of all together.</param>
/// <param name="average">How the classes' scores become one.</param>
/// <param name="onlyClass">The class whose score alone is asked for; null for all.</param>
internal sealed class ClassScore(ClassScore.Formula formula, Average average, int? onlyClass)
{
    /// <summary>The score of one class; 0 where it would divide by zero.</summary>
    /// <param name="right">What is of the class and was predicted to be.</param>
    /// <param name="predicted">What was predicted to be of the class.</param>
    /// <param name="actual">What is of the class.</param>
    public delegate double Formula(double right, double predicted, double actual);

    /// <summary>right / predicted.</summary>
    public static double Precision(double right, double predicted, double actual) => Ratio(right, predicted);

    /// <summary>right / actual.</summary>
    public static double Recall(double right, double predicted, double actual) => Ratio(right, actual);

    /// <summary>2 right / (predicted + actual), the harmonic mean of precision and recall.</summary>
    public static double F1(double right, double predicted, double actual) => Ratio(2 * right, predicted + actual);

    /// <summary>The score of all classes.</summary>
    /// <param name="right">For each class, what is of it and was predicted to be.</param>
    /// <param name="predicted">For each class, what was predicted to be of it.</param>
    /// <param name="actual">For each class, what is of it.</param>
    /// <param name="shape">Outputs and targets.</param>
    public double Of(ReadOnlySpan<double> right, ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, MetricShape shape)
    {
        int? only = onlyClass ?? (average == Average.Default && shape.IsBinary ? 1 : null);
        if (only is { } c)
        {
            return formula(right[c], predicted[c], actual[c]);
        }

        return average == Average.Micro
            ? formula(Sum(right), Sum(predicted), Sum(actual))
            : Mean(right, predicted, actual, keepAbsent: !shape.IsMultiClass && !shape.IsBinary);
    }

    private double Mean(ReadOnlySpan<double> right, ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, bool keepAbsent)
    {
        double scores = 0;
        double weights = 0;
        for (int c = 0; c < right.Length; c++)
        {
            bool isAbsent = predicted[c] == 0 && actual[c] == 0 && !keepAbsent;
            double weight = average == Average.Weighted ? actual[c] : isAbsent ? 0 : 1;
            scores += weight * formula(right[c], predicted[c], actual[c]);
            weights += weight;
        }

        return Ratio(scores, weights);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
        {
            sum += number;
        }

        return sum;
    }
}
