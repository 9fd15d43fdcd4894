using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class BadInputTests
{
    [Fact]
    public void An_empty_data_set_is_refused() =>
        CheckRefusal(TrainingData.XorNetwork<float>(), TrainingData.Xor<float>(4, 1).Slice(0, 0), null, "the training data is empty");

    [Fact]
    public void Another_number_of_inputs_is_refused() =>
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows(new float[6], 3, new float[2], 1),
            null,
            "the training data has InputSize 3, but the network has 2");

    [Fact]
    public void Another_number_of_targets_is_refused()
    {
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows(new float[4], 2, new float[6], 3),
            null,
            "the training data has TargetSize 3, but the network has 1");
        CheckRefusal(
            TrainingData.CornerNetwork<float>(),
            Dataset.FromRows(new float[4], 2, new float[6], 3),
            null,
            "the training data has TargetSize 3, but the network has 4 (or takes class labels)");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Inputs_that_are_not_finite_are_refused(float bad, string name)
    {
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows([0, 0, 0, bad, 0, 0], 2, new float[3], 1),
            null,
            $"an input of the training data is {name} (example 1, column 1), but inputs must be finite");
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows([0, 0, 0, bad, bad, 0], 2, new float[3], 1),
            null,
            $"an input of the training data is {name} (example 1, column 1) and 1 more are wrong, but inputs must be finite");
    }

    [Fact]
    public void Targets_that_are_not_finite_are_refused() =>
        CheckRefusal(
            TrainingData.LineNetwork<float>(),
            Dataset.FromRows([1f, 2, 3], 1, [1f, 2, float.NaN], 1),
            null,
            "a target of the training data is NaN (example 2, column 0), but targets must be finite");

    [Theory]
    [InlineData(-0.1f, "-0.1")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.NaN, "NaN")]
    public void Targets_of_probabilities_lie_between_zero_and_one(float bad, string name) =>
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows(new float[4], 2, [0, bad], 1),
            null,
            $"a target of the training data is {name} (example 1, column 0), but targets of probabilities go from 0 to 1");

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void Labels_out_of_range_are_refused(int label) =>
        CheckRefusal(
            TrainingData.CornerNetwork<float>(),
            Dataset.FromLabels(new float[6], 2, [0, label, 3]),
            null,
            $"the label of example 1 of the training data is {label}, but labels go from 0 to 3");

    [Fact]
    public void Labels_are_refused_by_a_network_that_takes_none() =>
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromLabels(new float[4], 2, [0, 1]),
            null,
            "the training data has class labels, but the network's loss takes none; give rows with TargetSize 1");

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        CheckRefusal(
            TrainingData.XorNetwork<float>(), TrainingData.Xor<float>(4, 1), new() { Epochs = -1 }, "Epochs is -1, but cannot be negative");
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            TrainingData.Xor<float>(4, 1),
            new() { BatchSize = -32 },
            "the batch size is -32, but is at least 1, or TrainingOptions.FullBatch for all examples at once");
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            TrainingData.Xor<float>(4, 1),
            new() { Optimizer = null! },
            "Optimizer is null; leave it out for Adam");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            Dataset.FromRows([float.NaN, 0], 2, [2f], 1),
            new() { Epochs = -1, Validation = TrainingData.Line<float>(2).Slice(0, 0) },
            "Epochs is -1, but cannot be negative; "
            + "an input of the training data is NaN (example 0, column 0), but inputs must be finite; "
            + "a target of the training data is 2 (example 0, column 0), but targets of probabilities go from 0 to 1; "
            + "the validation data is empty; "
            + "the validation data has InputSize 1, but the network has 2");

    [Fact]
    public void A_metric_that_would_share_a_column_of_the_history_is_refused()
    {
        Metric[] metrics = [new Named("cost"), new Named("validation_accuracy"), new Named("loss"), new Named("validation_loss"), new Named("accuracy")];

        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            TrainingData.Xor<float>(8, 1),
            new() { Metrics = metrics },
            string.Join("; ", new[] { "cost", "validation_accuracy", "validation_loss" }.Select(
                name => $"the metric {name} has the name of another column of the history; give it another Name")));
    }

    [Fact]
    public void A_metric_that_is_null_is_refused_beside_one_that_is_watched() =>
        CheckRefusal(
            TrainingData.XorNetwork<float>(),
            TrainingData.Xor<float>(8, 1),
            new() { Metrics = [null!], EarlyStopping = new() { Metric = Metric.Accuracy } },
            "a metric is null");

    [Fact]
    public void Nothing_given_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => TrainingData.XorNetwork<float>().Fit(null!));
        Assert.Throws<ArgumentNullException>(() => ((ReferenceNetwork<float>)null!).Fit(TrainingData.Xor<float>(4, 1)));
    }

    [Fact]
    public void A_cost_that_diverges_is_an_exception_with_epoch_and_step()
    {
        ReferenceNetwork<float> net = TrainingData.LineNetwork<float>();

        TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(
            () => net.Fit(TrainingData.Line<float>(8), new() { BatchSize = 4, Optimizer = Optimizer.GradientDescent(1e6) }));

        Assert.Equal("Line", diverged.Network);
        Assert.Equal(diverged.Epoch - 1, diverged.History.Epochs.Count);
        Assert.InRange(diverged.Epoch, 2, 10);
        Assert.InRange(diverged.Step, 1, 2);
        Assert.StartsWith($"Line.Fit: the cost became Infinity in epoch {diverged.Epoch}, step {diverged.Step}: training diverged", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_the_last_step_ruins_are_noticed()
    {
        ReferenceNetwork<float> net = TrainingData.LineNetwork<float>();

        TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(
            () => net.Fit(TrainingData.Line<float>(8), new() { Epochs = 1, BatchSize = 8, Optimizer = Optimizer.GradientDescent(1e300) }));

        Assert.StartsWith("Line.Fit: a parameter became infinite or not a number in epoch 1, step 1", diverged.Message, StringComparison.Ordinal);
    }

    private static void CheckRefusal(ReferenceNetwork<float> net, Dataset<float> train, TrainingOptions<float>? options, string complaints)
    {
        float[] before = net.Parameters.Span.ToArray();

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => net.Fit(train, options));

        Assert.Equal($"{net.Shape.Name}.Fit: nothing was trained: {complaints}.", refusal.Message);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private sealed class Named(string name) : Metric
    {
        public override string Name => name;

        public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => Accuracy.CreateAccumulator<T>(shape);
    }
}
