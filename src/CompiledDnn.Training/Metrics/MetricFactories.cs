using System.Globalization;

namespace CompiledDnn;

/// <content>The metrics that there are.</content>
public abstract partial class Metric
{
    private const double DefaultThreshold = 0.5;

    /// <summary>The share of right decisions; of independent outputs each decides by itself. It equals <see cref="Evaluation.Accuracy"/>.</summary>
    public static Metric Accuracy { get; } = new AccuracyMetric(DefaultThreshold);

    /// <summary>
    /// The area under the ROC curve, exactly, equal outputs counting half. With several classes it is the mean of the curves of each class
    /// against all others, of independent outputs the mean of their curves. What has no positive or no negative example has no
    /// curve; without any the value is not a number. It keeps all outputs and targets until the end of an epoch, 8 bytes each.
    /// </summary>
    public static Metric RocAuc { get; } = new RocAucMetric();

    /// <summary>
    /// The mean of −log of the probability given to what is true, probabilities kept a rounding error of their type away from 0 and 1.
    /// Of independent outputs it is the mean, too, where the cost J is the sum.
    /// </summary>
    public static Metric LogLoss { get; } = new LogLossMetric();

    /// <summary>
    /// R² = 1 − Σ (y − a)² / Σ (y − mean y)² of each output; then the mean of the outputs. Where all targets are the same it is 1 if the
    /// outputs are just those, else 0. Of fewer than two examples it is not a number.
    /// </summary>
    public static Metric R2 { get; } = new R2Metric();

    /// <summary>The mean of |a − y|.</summary>
    public static Metric MeanAbsoluteError { get; } = new MeanErrorMetric(isSquared: false);

    /// <summary>The root of the mean of (a − y)² of each output; then the mean of the outputs.</summary>
    public static Metric RootMeanSquaredError { get; } = new MeanErrorMetric(isSquared: true);

    /// <summary>The share of right decisions, where a probability begins to mean yes at another threshold than 0.5.</summary>
    /// <param name="threshold">The threshold, from 0 to 1; a probability equal to it means no.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not from 0 to 1.</exception>
    public static Metric AccuracyAt(double threshold) => new AccuracyMetric(CheckedThreshold(threshold));

    /// <summary>The share of the examples whose class is among the k largest outputs.</summary>
    /// <param name="k">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1.</exception>
    public static Metric TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return new TopKMetric(k);
    }

    /// <summary>Of what was predicted to be of a class, the share that is; 0 where nothing was predicted to be.</summary>
    /// <param name="average">How the classes' scores become one.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The average is none of the enumeration, or the threshold is not from 0 to 1.</exception>
    public static Metric Precision(Average average = Average.Default, double threshold = DefaultThreshold) =>
        Score("precision", ClassScore.Precision, average, null, threshold);

    /// <summary>Of what was predicted to be of one class, the share that is; 0 where nothing was predicted to be.</summary>
    /// <param name="classIndex">The class, counted from 0, or the output.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative, or the threshold is not from 0 to 1.</exception>
    public static Metric Precision(int classIndex, double threshold = DefaultThreshold) =>
        Score("precision", ClassScore.Precision, Average.Default, classIndex, threshold);

    /// <summary>Of what is of a class, the share that was predicted to be; 0 where nothing is.</summary>
    /// <param name="average">How the classes' scores become one.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The average is none of the enumeration, or the threshold is not from 0 to 1.</exception>
    public static Metric Recall(Average average = Average.Default, double threshold = DefaultThreshold) =>
        Score("recall", ClassScore.Recall, average, null, threshold);

    /// <summary>Of what is of one class, the share that was predicted to be; 0 where nothing is.</summary>
    /// <param name="classIndex">The class, counted from 0, or the output.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative, or the threshold is not from 0 to 1.</exception>
    public static Metric Recall(int classIndex, double threshold = DefaultThreshold) =>
        Score("recall", ClassScore.Recall, Average.Default, classIndex, threshold);

    /// <summary>The harmonic mean of precision and recall; 0 where nothing is of a class and nothing was predicted to be.</summary>
    /// <param name="average">How the classes' scores become one.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The average is none of the enumeration, or the threshold is not from 0 to 1.</exception>
    public static Metric F1(Average average = Average.Default, double threshold = DefaultThreshold) =>
        Score("f1", ClassScore.F1, average, null, threshold);

    /// <summary>The harmonic mean of precision and recall of one class; 0 where nothing is of it and nothing was predicted to be.</summary>
    /// <param name="classIndex">The class, counted from 0, or the output.</param>
    /// <param name="threshold">Where a probability begins to mean yes, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative, or the threshold is not from 0 to 1.</exception>
    public static Metric F1(int classIndex, double threshold = DefaultThreshold) =>
        Score("f1", ClassScore.F1, Average.Default, classIndex, threshold);

    /// <summary>This metric of some of the outputs, such as those that are means where others are variances.</summary>
    /// <param name="first">The first of the outputs, counted from 0.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first is negative, or there are fewer than one.</exception>
    public Metric OnOutputs(int first, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new OutputRangeMetric(this, first, count);
    }

    /// <summary>What a threshold adds to a metric's name.</summary>
    /// <param name="threshold">The threshold.</param>
    private protected static string Suffix(double threshold) =>
        threshold == DefaultThreshold ? "" : string.Create(CultureInfo.InvariantCulture, $"_at_{threshold}");

    private static ClassScoreMetric Score(string name, ClassScore.Formula formula, Average average, int? classIndex, double threshold)
    {
        if (!Enum.IsDefined(average))
        {
            throw new ArgumentOutOfRangeException(nameof(average), average, $"Metric: there is no average {(int)average}.");
        }

        if (classIndex < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(classIndex), classIndex, $"Metric: classes are counted from 0; there is no class {classIndex}.");
        }

        return new ClassScoreMetric(name, formula, average, classIndex, CheckedThreshold(threshold));
    }

    private static double CheckedThreshold(double threshold) => threshold is >= 0 and <= 1
        ? threshold
        : throw new ArgumentOutOfRangeException(
            nameof(threshold), threshold, string.Create(CultureInfo.InvariantCulture, $"Metric: a threshold goes from 0 to 1, but it is {threshold}."));
}
