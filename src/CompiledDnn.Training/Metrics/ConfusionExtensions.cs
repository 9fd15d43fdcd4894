using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Which class a network takes for which.</summary>
public static class ConfusionExtensions
{
    /// <summary>Predicts examples whose classes are known, and counts which class was taken for which.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">A network with several classes, or with a single probability as output: classes 0 and 1, apart at 0.5.</param>
    /// <param name="data">The examples.</param>
    /// <param name="classNames">The names of the classes in their order; null for their numbers.</param>
    /// <exception cref="ArgumentException">The data or the names do not fit; the message lists all that is wrong.</exception>
    public static ConfusionMatrix ConfusionMatrix<T>(this INetwork<T> network, Dataset<T> data, IReadOnlyList<string>? classNames = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);

        MetricShape shape = MetricShape.Of(network.Shape, data.HasLabels);
        var check = new TrainingCheck<T>(network);
        check.Data("the data", data, TrainingExtensions.EvaluationBatchSize);
        check.ClassNames(classNames, shape);
        check.ThrowIfAny(nameof(ConfusionMatrix), "nothing was counted");

        var matrix = new ConfusionMatrix(
            classNames ?? [.. Enumerable.Range(0, shape.Classes).Select(static c => c.ToString(CultureInfo.InvariantCulture))]);
        int size = Math.Min(data.Count, TrainingExtensions.EvaluationBatchSize);
        var outputs = new T[size * shape.OutputSize];
        for (int start = 0; start < data.Count; start += size)
        {
            Batch<T> batch = data.Batch(start, Math.Min(size, data.Count - start));
            Span<T> rows = outputs.AsSpan(0, batch.Count * shape.OutputSize);
            network.Predict(batch.X, rows);
            matrix.Add(new MetricBatch<T>(rows, shape.OutputSize, shape.OutputSize, batch.Count, batch.Y, batch.Labels, weights: default), shape);
        }

        return matrix;
    }
}
