using System.Numerics;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class MetricTests
{
    private static readonly MetricShape s_classes = new(NetworkTask.Classification, 3, 0);
    private static readonly MetricShape s_binary = new(NetworkTask.BinaryClassification, 1, 1);
    private static readonly MetricShape s_numbers = new(NetworkTask.Regression, 1, 1);

    [Theory]
    [InlineData("accuracy", 0.0)]
    [InlineData("top_1_accuracy", 0.0)]
    [InlineData("top_3_accuracy", 0.0)]
    [InlineData("precision_macro", 0.0)]
    [InlineData("recall_micro", 0.0)]
    [InlineData("f1_weighted", 0.0)]
    [InlineData("log_loss", double.NaN)]
    public void Classes_whose_outputs_are_not_numbers_are_never_right(string name, double expected)
    {
        MetricAccumulator<double> gathered = MetricCaseTests.Named(name).CreateAccumulator<double>(s_classes);

        gathered.Add([double.NaN, 0.9, 0.1], label: 0);
        gathered.Add([0.9, 0.1, double.NaN], label: 2);

        Assert.Equal(expected, gathered.Value);
    }

    [Theory]
    [InlineData("accuracy", 0.5)]
    [InlineData("precision", 1.0)]
    [InlineData("recall", 0.5)]
    [InlineData("recall_class_0", 0.5)]
    [InlineData("roc_auc", 0.25)]
    public void A_probability_that_is_not_a_number_is_never_right(string name, double expected)
    {
        MetricAccumulator<float> gathered = MetricCaseTests.Named(name).CreateAccumulator<float>(s_binary);

        gathered.Add([0.9f], [1f]);
        gathered.Add([float.NaN], [1f]);
        gathered.Add([0.5f], [0f]);
        gathered.Add([float.NaN], [0f]);

        Assert.Equal(expected, gathered.Value);
    }

    [Fact]
    public void Errors_of_outputs_that_are_not_numbers_are_not_numbers()
    {
        foreach (Metric metric in (Metric[])[Metric.R2, Metric.MeanAbsoluteError, Metric.RootMeanSquaredError])
        {
            MetricAccumulator<double> gathered = metric.CreateAccumulator<double>(s_numbers);
            gathered.Add([double.NaN], [1.0]);
            gathered.Add([2.0], [2.0]);
            Assert.Equal(double.NaN, gathered.Value);

            gathered.Reset();
            gathered.Add([double.NaN], [1.0]);
            gathered.Add([1.0], [1.0]);
            Assert.Equal(double.NaN, gathered.Value);
        }
    }

    [Fact]
    public void Equal_outputs_count_half_in_the_area_under_the_curve()
    {
        MetricAccumulator<double> gathered = Metric.RocAuc.CreateAccumulator<double>(s_binary);
        gathered.Add(MetricBatch.FromRows([0.5, 0.5, 0.5, 0.5], 1, [0.0, 1, 0, 1], 1));
        Assert.Equal(0.5, gathered.Value);

        gathered.Add([0.6], [1.0], weight: 2);
        Assert.Equal(0.75, gathered.Value);
    }

    [Theory]
    [InlineData("accuracy", double.NaN)]
    [InlineData("f1", 0.0)]
    [InlineData("log_loss", double.NaN)]
    [InlineData("roc_auc", double.NaN)]
    public void Without_examples_there_is_no_value_but_for_scores_that_are_zero(string name, double expected) =>
        Assert.Equal(expected, MetricCaseTests.Named(name).CreateAccumulator<double>(s_binary).Value);

    [Fact]
    public void One_class_alone_has_no_curve()
    {
        MetricAccumulator<double> gathered = Metric.RocAuc.CreateAccumulator<double>(s_binary);
        gathered.Add([0.2], [1.0]);
        gathered.Add([0.8], [1.0]);

        Assert.Equal(double.NaN, gathered.Value);
    }

    [Fact]
    public void R2_keeps_its_digits_far_from_zero()
    {
        MetricAccumulator<double> near = Metric.R2.CreateAccumulator<double>(s_numbers);
        MetricAccumulator<double> far = Metric.R2.CreateAccumulator<double>(s_numbers);
        for (int i = 0; i < 1000; i++)
        {
            double y = i % 10;
            double a = y + (((i % 3) - 1) / 4.0);
            near.Add([a], [y]);
            far.Add([a + 1e9], [y + 1e9]);
        }

        Assert.Equal(near.Value, far.Value, 1e-9);
    }

    [Fact]
    public void A_certain_but_wrong_probability_costs_no_more_than_the_type_can_tell()
    {
        MetricAccumulator<float> gathered = Metric.LogLoss.CreateAccumulator<float>(s_binary);

        gathered.Add([0f], [1f]);

        Assert.Equal(-Math.Log(Math.Pow(2, -23)), gathered.Value, 1e-12);
    }

    [Fact]
    public void Log_loss_takes_targets_between_zero_and_one()
    {
        MetricAccumulator<double> binary = Metric.LogLoss.CreateAccumulator<double>(s_binary);
        binary.Add([0.25], [0.5]);
        MetricAccumulator<double> classes = Metric.LogLoss.CreateAccumulator<double>(s_classes with { TargetSize = 3 });
        classes.Add([0.25, 0.25, 0.5], [0.5, 0, 0.5]);

        Assert.Equal(-0.5 * (Math.Log(0.25) + Math.Log(0.75)), binary.Value, 1e-15);
        Assert.Equal(-0.5 * (Math.Log(0.25) + Math.Log(0.5)), classes.Value, 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(67)]
    [InlineData(3_000_001)]
    public void Sides_are_counted_alike_in_vectors_and_one_by_one(int length)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var random = new Random(length);
            T[] a = [.. Enumerable.Range(0, length).Select(i => i % 5 == 3 ? T.NaN : T.CreateTruncating(random.Next(5) / 4.0))];
            T[] y = [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.Next(5) / 4.0))];
            int expected = a.Zip(y).Count(p => !T.IsNaN(p.First) && p.First > T.CreateTruncating(0.25) == p.Second > T.CreateTruncating(0.5));

            Assert.Equal(expected, Decisions.SameSides<T>(a, y, T.CreateTruncating(0.25)));
        }
    }

    [Fact]
    public void Some_of_the_outputs_can_be_measured_by_themselves()
    {
        // Means at 0 and 1, logarithms of variances at 2 and 3.
        MetricShape shape = new(NetworkTask.Regression, 4, 2);
        Metric metric = Metric.MeanAbsoluteError.OnOutputs(0, 2);
        MetricAccumulator<double> gathered = metric.CreateAccumulator<double>(shape);
        gathered.Add([1.0, 2, 9, 9], [2.0, 5]);
        double before = gathered.Value;
        double[] state = gathered.State.ToArray();
        gathered.Reset();
        gathered.Restore(state);

        Assert.Equal((2, 2), (before, gathered.Value));
        Assert.Null(metric.Complaint(shape));
        Assert.Contains("OnOutputs chooses", Metric.MeanAbsoluteError.Complaint(shape));
        Assert.Equal("is of 2 outputs from 3 on, but there are 4, counted from 0", Metric.R2.OnOutputs(3, 2).Complaint(shape));
    }

    [Fact]
    public void Metrics_complain_of_what_they_do_not_fit()
    {
        MetricShape independent = new(NetworkTask.BinaryClassification, 3, 3);

        Assert.Equal("is for classes, but the outputs are numbers of a regression", Metric.Accuracy.Complaint(s_numbers));
        Assert.Equal("is for several classes, but the outputs are probabilities of yes or no", Metric.TopK(1).Complaint(independent));
        Assert.Equal("looks among the 4 largest outputs, but there are 3", Metric.TopK(4).Complaint(s_classes));
        Assert.Equal("is of class 3, but classes go from 0 to 2", Metric.F1(3).Complaint(s_classes));
        Assert.Null(Metric.F1(1).Complaint(s_binary));
        Assert.Equal("needs targets that are numbers, but they are class labels", Metric.R2.Complaint(s_classes));
        Assert.Equal("is for numbers, but the outputs are those of classes", Metric.R2.Complaint(s_classes with { TargetSize = 3 }));
    }

    [Fact]
    public void Wrong_numbers_are_refused_where_they_are_given()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.TopK(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.AccuracyAt(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1((Average)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.R2.OnOutputs(0, 0));
        Assert.Throws<ArgumentException>(() => MetricBatch.FromRows<float>([1, 2, 3], 2, [1], 1));
        Assert.Throws<ArgumentException>(() => MetricBatch.FromRows<float>([1, 2], 1, [1], 1));
        Assert.Throws<ArgumentException>(() => MetricBatch.FromRows<float>([1, 2], 1, [1, 2], 1, [1]));
        Assert.Throws<ArgumentException>(() => MetricBatch.FromLabels<float>([1, 2], 2, [2]));
    }

    [Fact]
    public void A_metric_of_ones_own_is_a_small_type()
    {
        ReferenceNetwork<double> net = TrainingData.LineNetwork<double>();
        Dataset<double> data = TrainingData.Line<double>(20);
        var outputs = new double[20];
        net.Predict(data.X.Span, outputs);

        Evaluation evaluation = net.Evaluate(data, [new MaxError(), Metric.R2], batchSize: 7);

        Assert.Equal(outputs.Zip(data.Y.ToArray(), (a, y) => Math.Abs(a - y)).Max(), evaluation.Metrics["max_error"]);
        Assert.Equal(["max_error", "r2"], evaluation.Metrics.Keys);
    }

    private sealed class MaxError : Metric
    {
        public override string Name => "max_error";

        public override bool LargerIsBetter => false;

        public override MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape) => new Accumulator<T>();

        private sealed class Accumulator<T>() : MetricAccumulator<T>(sums: 1)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public override double Value => Sums[0];

            public override void Add(MetricBatch<T> batch)
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    Sums[0] = Math.Max(Sums[0], double.CreateTruncating(T.Abs(batch.Output(i)[0] - batch.Target(i)[0])));
                }
            }
        }
    }
}
