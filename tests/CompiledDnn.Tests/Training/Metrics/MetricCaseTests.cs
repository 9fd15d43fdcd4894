using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class MetricCaseTests
{
    public static TheoryData<string> Cases => [.. MetricCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_those_of_scikit_learn_in_double(string name) => Compare<double>(name, 1e-12);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_those_of_scikit_learn_in_float(string name) => Compare<float>(name, 1e-6);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Batches_of_any_size_give_the_same_bits(string name)
    {
        MetricCase data = MetricCase.Read(name);
        foreach (Metric metric in data.Values.Select(value => Named(value.Name)))
        {
            double whole = Gather<double>(metric, data, data.Count).Value;
            foreach (int size in (int[])[1, 7, 16])
            {
                Assert.Equal(whole, Gather<double>(metric, data, size).Value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_state_that_was_saved_goes_on_to_the_same_bits(string name)
    {
        MetricCase data = MetricCase.Read(name);
        int half = data.Count / 2;
        foreach (Metric metric in data.Values.Select(value => Named(value.Name)))
        {
            MetricAccumulator<double> first = metric.CreateAccumulator<double>(data.Shape);
            first.Add(data.Batch<double>(0, half));
            MetricAccumulator<double> second = metric.CreateAccumulator<double>(data.Shape);
            second.Add(data.Batch<double>(0, 3));

            second.Restore(first.State.ToArray());
            second.Add(data.Batch<double>(half, data.Count - half));

            Assert.Equal(Gather<double>(metric, data, data.Count).Value, second.Value);
            Assert.Throws<ArgumentException>(() => second.Restore(new double[second.State.Length + 1]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reset_forgets_everything(string name)
    {
        MetricCase data = MetricCase.Read(name);
        foreach (Metric metric in data.Values.Select(value => Named(value.Name)))
        {
            MetricAccumulator<double> gathered = Gather<double>(metric, data, 5);
            gathered.Reset();
            gathered.Add(data.Batch<double>(0, data.Count));

            Assert.Equal(Gather<double>(metric, data, data.Count).Value, gathered.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Confusion_matrices_are_those_of_scikit_learn(string name)
    {
        MetricCase data = MetricCase.Read(name);
        if (data.Confusion.Length == 0)
        {
            Assert.NotNull(MetricComplaints.UnlessExclusive(data.Shape));
            return;
        }

        int classes = data.Shape.Classes;
        var matrix = new ConfusionMatrix([.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
        MetricBatch<double> batch = data.Batch<double>(0, data.Count);
        matrix.Add(batch, data.Shape);

        Assert.Equal(data.Confusion, Enumerable.Range(0, classes * classes).Select(i => matrix[i / classes, i % classes]));
        Assert.Equal(data.Values.Single(value => value.Name == "accuracy").Value, matrix.Accuracy, 1e-12);
    }

    /// <summary>The metric of a name that it has in the file.</summary>
    internal static Metric Named(string name)
    {
        double threshold = name.EndsWith("_at_0.25", StringComparison.Ordinal) ? 0.25 : 0.5;
        string[] parts = name.Replace("_at_0.25", "", StringComparison.Ordinal).Split('_');
        Average average = parts.Length > 1 && Enum.TryParse(parts[1], ignoreCase: true, out Average parsed) ? parsed : Average.Default;
        int? only = parts is [_, "class", var c] ? int.Parse(c) : null;
        return parts[0] switch
        {
            "accuracy" => threshold == 0.5 ? Metric.Accuracy : Metric.AccuracyAt(threshold),
            "top" => Metric.TopK(int.Parse(parts[1])),
            "precision" => only is { } one ? Metric.Precision(one, threshold) : Metric.Precision(average, threshold),
            "recall" => only is { } one ? Metric.Recall(one, threshold) : Metric.Recall(average, threshold),
            "f1" => only is { } one ? Metric.F1(one, threshold) : Metric.F1(average, threshold),
            "roc" => Metric.RocAuc,
            "log" => Metric.LogLoss,
            "r2" => Metric.R2,
            "mean" => Metric.MeanAbsoluteError,
            "root" => Metric.RootMeanSquaredError,
            _ => throw new ArgumentException(name),
        };
    }

    private static void Compare<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MetricCase data = MetricCase.Read(name);
        Assert.NotEmpty(data.Values);
        foreach ((string metricName, double expected) in data.Values)
        {
            Metric metric = Named(metricName);

            Assert.Equal(metricName, metric.Name);
            Assert.Null(metric.Complaint(data.Shape));
            Assert.Equal(expected, Gather<T>(metric, data, 16).Value, tolerance);
        }
    }

    private static MetricAccumulator<T> Gather<T>(Metric metric, MetricCase data, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MetricAccumulator<T> gathered = metric.CreateAccumulator<T>(data.Shape);
        for (int start = 0; start < data.Count; start += size)
        {
            gathered.Add(data.Batch<T>(start, Math.Min(size, data.Count - start)));
        }

        return gathered;
    }
}
