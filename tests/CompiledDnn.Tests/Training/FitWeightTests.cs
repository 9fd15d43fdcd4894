using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class FitWeightTests
{
    [Fact]
    public void An_example_of_weight_two_counts_like_two_and_one_of_weight_zero_like_none()
    {
        Dataset<double> data = TrainingData.Corners<double>(12, seed: 1);
        int[] times = [2, 0, 1, 1, 2, 0, 1, 1, 1, 1, 1, 1];
        int[] repeated = [.. times.SelectMany((n, i) => Enumerable.Repeat(i, n))];
        Dataset<double> copies = Dataset.FromLabels([.. repeated.SelectMany(i => data.Row(i).ToArray())], 2, [.. repeated.Select(data.Label)]);

        (double[] weighted, double cost) = Train(data.WithWeights(times.Select(n => (double)n).ToArray()));
        (double[] plain, double copiesCost) = Train(copies);

        Assert.Equal(12, repeated.Length);
        Assert.Equal(copiesCost, cost, 1e-12);
        Assert.All(plain.Zip(weighted), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Only_how_weights_compare_matters()
    {
        Dataset<double> data = TrainingData.Corners<double>(12, seed: 1);
        double[] weights = [.. Enumerable.Range(1, 12).Select(i => (double)i)];

        (double[] small, _) = Train(data.WithWeights(weights));
        (double[] large, _) = Train(data.WithWeights(weights.Select(w => 1024 * w).ToArray()));

        Assert.Equal(small, large);
    }

    [Fact]
    public void Class_weights_are_the_weights_of_the_examples_of_a_class()
    {
        Dataset<double> data = TrainingData.Corners<double>(12, seed: 1);
        double[] classes = [1, 2, 0.5, 4];

        (double[] byClass, _) = Train(data, classes);
        (double[] byExample, _) = Train(data.WithWeights(data.Labels.ToArray().Select(label => classes[label]).ToArray()));

        Assert.Equal(byExample, byClass);
        Assert.NotEqual(Train(data).Weights, byClass);
    }

    [Fact]
    public void A_single_output_has_two_classes()
    {
        Dataset<double> data = TrainingData.Xor<double>(20, seed: 1);
        ReferenceNetwork<double> byClass = TrainingData.XorNetwork<double>();
        ReferenceNetwork<double> byExample = TrainingData.XorNetwork<double>();

        byClass.Fit(data, new() { Epochs = 2, BatchSize = 7, ClassWeights = [1, 3] });
        byExample.Fit(data.WithWeights(data.Y.ToArray().Select(y => y == 1 ? 3.0 : 1.0).ToArray()), new() { Epochs = 2, BatchSize = 7 });

        Assert.Equal(byExample.Parameters.Span.ToArray(), byClass.Parameters.Span.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Smoothed_labels_are_rows_with_a_little_of_every_class(bool fromLabels)
    {
        const double Epsilon = 0.2;
        Dataset<double> labels = TrainingData.Corners<double>(12, seed: 1);
        Dataset<double> rows = Dataset.FromRows(
            labels.X, 2, labels.Labels.ToArray().SelectMany(label => Enumerable.Range(0, 4).Select(c => c == label ? 1.0 : 0)).ToArray(), 4);
        Dataset<double> smoothed = Dataset.FromRows(labels.X, 2, rows.Y.ToArray().Select(y => ((1 - Epsilon) * y) + (Epsilon / 4)).ToArray(), 4);
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        ReferenceNetwork<double> byHand = TrainingData.CornerNetwork<double>();

        TrainingHistory history = net.Fit(fromLabels ? labels : rows, new() { Epochs = 4, BatchSize = 5, LabelSmoothing = Epsilon, Validation = labels });
        TrainingHistory expected = byHand.Fit(smoothed, new() { Epochs = 4, BatchSize = 5, Validation = labels });

        Assert.All(byHand.Parameters.Span.ToArray().Zip(net.Parameters.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(expected.Last!.Cost, history.Last!.Cost, 1e-12);
        Assert.Equal(expected.Last.ValidationCost!.Value, history.Last.ValidationCost!.Value, 1e-12);
        Assert.Equal(expected.Last.Accuracy, history.Last.Accuracy);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal(
            "Line.Fit: nothing was trained: ClassWeights are for classes that exclude each other, but the network has none; "
            + "LabelSmoothing is for classes and probabilities, but the network has none.",
            Refusal(TrainingData.LineNetwork<double>(), TrainingData.Line<double>(5), new() { ClassWeights = [1, 1], LabelSmoothing = 0.1 }));
        Assert.Equal(
            "Corners.Fit: nothing was trained: ClassWeights has 3 weights, but there are 4 classes; ClassWeights holds a number that is negative or not finite; "
            + "LabelSmoothing is 1, but is at least 0 and less than 1.",
            Refusal(TrainingData.CornerNetwork<double>(), TrainingData.Corners<double>(8, seed: 1), new() { ClassWeights = [1, -1, 1], LabelSmoothing = 1 }));
        Assert.Equal(
            "Corners.Fit: nothing was trained: the weights of the training data add up to 0, but some have to be positive and all finite.",
            Refusal(TrainingData.CornerNetwork<double>(), TrainingData.Corners<double>(8, seed: 1), new() { ClassWeights = [0, 0, 0, 0] }));

        static string Refusal(ReferenceNetwork<double> net, Dataset<double> data, TrainingOptions<double> options)
        {
            double[] before = net.Parameters.Span.ToArray();
            string message = Assert.Throws<ArgumentException>(() => net.Fit(data, options)).Message;
            Assert.Equal(before, net.Parameters.Span.ToArray());
            return message;
        }
    }

    [Fact]
    public void A_stream_with_classes_that_are_none_is_refused_before_the_first_step()
    {
        ReferenceNetwork<double> corners = TrainingData.CornerNetwork<double>(), xor = TrainingData.XorNetwork<double>();
        double[] before = corners.Parameters.Span.ToArray();
        IEnumerable<Example<double>> labelled = [new(new double[] { 1, 2 }, 4)], holed = [new(new double[] { 1, 2 }, new double[] { double.NaN })];

        Assert.Equal(
            "Corners.Fit: an example has the label 4, but labels go from 0 to 3.",
            Assert.Throws<ArgumentException>(() => corners.Fit(Dataset.FromEnumerable(labelled, 2, 0), new() { ClassWeights = [1, 1, 1, 1] })).Message);
        Assert.Equal(
            "Xor.Fit: an example has a target that is not a number, so that it has no class to weigh it by.",
            Assert.Throws<ArgumentException>(() => xor.Fit(Dataset.FromEnumerable(holed, 2, 1), new() { ClassWeights = [1, 1] })).Message);
        Assert.Equal(before, corners.Parameters.Span.ToArray());
    }

    [Fact]
    public void Evaluated_with_weights_examples_count_by_them()
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        Dataset<double> data = TrainingData.Corners<double>(5, seed: 1);
        double[] weights = [1, 0, 3, 0.5, 2];
        Evaluation[] each = [.. Enumerable.Range(0, 5).Select(i => net.Evaluate(data.Slice(i, 1)))];

        Evaluation all = net.Evaluate(data.WithWeights(weights), [Metric.Accuracy], batchSize: 2);

        Assert.Equal(each.Zip(weights, (e, w) => e.Cost * w).Sum() / weights.Sum(), all.Cost, 1e-14);
        Assert.Equal(each.Zip(weights, (e, w) => e.Accuracy!.Value * w).Sum() / weights.Sum(), all.Accuracy!.Value, 1e-14);
        Assert.Equal(all.Accuracy.Value, all.Metrics.Values.Single(), 1e-14);
    }

    private static (double[] Weights, double Cost) Train(Dataset<double> data, double[]? classWeights = null)
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        TrainingHistory history = net.Fit(
            data, new() { Epochs = 5, BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.GradientDescent(0.3), ClassWeights = classWeights });
        return (net.Parameters.Span.ToArray(), history.Last!.Cost);
    }
}
