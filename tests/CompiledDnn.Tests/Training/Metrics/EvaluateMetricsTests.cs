using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Collection(nameof(MeasuredAllocations))]
public class EvaluateMetricsTests
{
    private static readonly Metric[] s_all =
    [
        Metric.Accuracy, Metric.TopK(2), Metric.Precision(), Metric.Recall(Average.Micro), Metric.F1(Average.Weighted), Metric.RocAuc, Metric.LogLoss,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(TrainingOptions.FullBatch)]
    public void Values_do_not_depend_on_the_batches(int batchSize)
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        Dataset<double> data = TrainingData.Corners<double>(50, seed: 1);

        Evaluation evaluation = net.Evaluate(data, s_all, batchSize);

        Assert.Equal(net.Evaluate(data, s_all).Metrics, evaluation.Metrics);
        Assert.Equal(evaluation.Accuracy, evaluation.Metrics["accuracy"]);
        Assert.Equal(evaluation.Cost, evaluation.Metrics["log_loss"], 1e-12);
    }

    [Fact]
    public void Rows_with_gaps_between_them_are_read_as_those_without()
    {
        // Three outputs lie four or more apart in a workspace.
        var net = new ReferenceNetwork<double>(
            [2, 3], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy, seed: 1);
        Dataset<double> data = Dataset.FromRows([1.0, 2, -3, 4, 5, -6], 2, [0.0, 1, 0, 1, 1, 0, 0, 0, 1], 3);
        var outputs = new double[9];
        net.Predict(data.X.Span, outputs);
        MetricAccumulator<double> expected = Metric.Accuracy.CreateAccumulator<double>(MetricShape.Of(net.Shape, hasLabels: false));
        expected.Add(MetricBatch.FromRows<double>(outputs, 3, data.Y.Span, 3));

        Evaluation evaluation = net.Evaluate(data, [Metric.Accuracy]);

        Assert.Equal(expected.Value, evaluation.Metrics["accuracy"]);
        Assert.Equal(expected.Value, evaluation.Accuracy);
    }

    [Fact]
    public void Without_metrics_there_are_no_values()
    {
        Assert.Empty(TrainingData.LineNetwork<float>().Evaluate(TrainingData.Line<float>(5)).Metrics);
        Assert.Empty(default(Evaluation).Metrics);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => TrainingData.LineNetwork<float>().Evaluate(
            TrainingData.Line<float>(5), [Metric.R2, Metric.R2, Metric.RocAuc, null!], batchSize: -1));

        Assert.Equal(
            "Line.Evaluate: nothing was evaluated: the batch size is -1, but is at least 1, or TrainingOptions.FullBatch for all examples at once; the metric r2 is asked for twice; the metric roc_auc is for classes, but the outputs are numbers of a regression; a metric is null.",
            refusal.Message);
    }

    [Fact]
    public void A_batch_allocates_nothing_once_the_lists_have_grown()
    {
        ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
        Dataset<float> data = TrainingData.Corners<float>(64, seed: 1);
        var metrics = new MetricSet<float>(s_all, MetricShape.Of(net.Shape, data.HasLabels));
        NetworkWorkspace<float> state = net.CreateWorkspace(64);
        net.Forward(data.X.Span, state);

        MeasuredAllocations.None(() =>
        {
            metrics.Reset();
            for (int i = 0; i < 10; i++)
            {
                metrics.Add(data.Batch(0, 64), state);
            }
        });
    }

    [Fact]
    public void Values_know_their_names()
    {
        MetricValues values = TrainingData.LineNetwork<double>().Evaluate(TrainingData.Line<double>(5), [Metric.R2]).Metrics;

        Assert.Equal(
            "There is no metric 'f1'; there are r2.", Assert.Throws<KeyNotFoundException>(() => values["f1"]).Message);
        Assert.True(values.ContainsKey("r2"));
        Assert.StartsWith("r2 ", values.ToString(), StringComparison.Ordinal);
    }
}
