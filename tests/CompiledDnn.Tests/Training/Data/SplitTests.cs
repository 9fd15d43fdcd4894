using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class SplitTests
{
    private static readonly int[] s_labels = Preparation.Integers("labels");

    [Fact]
    public void A_stratified_split_holds_out_as_many_of_each_class_as_scikit_learn()
    {
        Dataset<double> data = Labelled();

        (Dataset<double> train, Dataset<double> heldOut) = data.SplitStratified(12.0 / 47, seed: 3);

        Assert.Equal((35, 12), (train.Count, heldOut.Count));
        Assert.Equal(Preparation.Integers("held_out"), Counts(heldOut.Labels.ToArray()));
        Assert.Equal(Enumerable.Range(0, 47).Select(i => (double)i), train.X.ToArray().Concat(heldOut.X.ToArray()).Order());
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(s_labels[(int)heldOut.Row(i)[0]], heldOut.Label(i)));
        Assert.Equal(heldOut.X.ToArray(), data.SplitStratified(12.0 / 47, seed: 3).HeldOut.X.ToArray());
        Assert.NotEqual(heldOut.X.ToArray(), data.SplitStratified(12.0 / 47, seed: 4).HeldOut.X.ToArray());
        Assert.NotEqual(heldOut.X.ToArray().Order(), heldOut.X.ToArray());
    }

    [Fact]
    public void Rows_stand_for_classes_too()
    {
        Dataset<double> labels = Labelled();
        Dataset<double> oneHot = Dataset.FromRows(labels.X, 1, OneHot.Encode<double>(s_labels), 4);
        int[] isFirst = [.. s_labels.Select(l => l == 0 ? 1 : 0)];
        Dataset<double> binary = Dataset.FromRows(labels.X, 1, isFirst.Select(b => (double)b).ToArray(), 1);

        Assert.Equal(labels.SplitStratified(0.3, 1).HeldOut.X.ToArray(), oneHot.SplitStratified(0.3, 1).HeldOut.X.ToArray());
        Assert.Equal(
            Dataset.FromLabels(labels.X, 1, isFirst).SplitStratified(0.3, 1).HeldOut.X.ToArray(), binary.SplitStratified(0.3, 1).HeldOut.X.ToArray());
    }

    [Theory]
    [InlineData(1, new[] { 0.0, 1, 0.5 }, 2)]
    [InlineData(3, new[] { 0.0, 1, 0, 0, 1, 1 }, 1)]
    [InlineData(3, new[] { 0.0, 1, 0, 0, 0, 0 }, 1)]
    public void Targets_that_are_no_classes_are_refused(int size, double[] y, int wrong)
    {
        Dataset<double> data = Dataset.FromRows(new double[y.Length / size], 1, y, size);

        Assert.Contains(
            $"Dataset.SplitStratified: the target of example {wrong} is no class",
            Assert.Throws<InvalidOperationException>(() => data.SplitStratified(0.5, 0)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void The_share_held_out_lies_between_zero_and_one(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Labelled().SplitStratified(share, 0));

    [Fact]
    public void A_split_takes_weights_along()
    {
        Dataset<float> data = SourceCases.Rows(10);

        (Dataset<float> train, Dataset<float> heldOut) = data.Split(3, seed: 1);

        Assert.All(new[] { train, heldOut }, part => Assert.Equal(part.X.ToArray().Where((_, n) => n % 3 == 0).Select(x => x + 1), part.Weights.ToArray()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(47)]
    public void Folds_validate_each_example_once_and_train_on_the_others(int folds)
    {
        foreach (IReadOnlyList<Fold<double>> split in (IReadOnlyList<Fold<double>>[])[KFold.Split(Labelled(), folds, 1), KFold.SplitStratified(Labelled(), folds, 1)])
        {
            Assert.Equal(Enumerable.Range(1, folds), split.Select(f => f.Number));
            Assert.Equal(Enumerable.Range(0, 47), split.SelectMany(f => f.Validation.Examples.ToArray()).Order());
            Assert.All(split, f => Assert.Equal(Enumerable.Range(0, 47), f.Validation.Examples.ToArray().Concat(f.Train.Examples.ToArray()).Order()));
            Assert.InRange(split.Max(f => f.Validation.Count) - split.Min(f => f.Validation.Count), 0, 1);
            Assert.All(split.Where(f => f.Train.Count > 30), f => Assert.NotEqual(f.Train.Examples.ToArray().Order(), f.Train.Examples.ToArray()));
        }
    }

    [Fact]
    public void Stratified_folds_have_as_many_of_each_class_as_scikit_learn()
    {
        int[][] counts = [.. KFold.SplitStratified(Labelled(), 5, seed: 2).Select(f => Counts(f.Validation.ToDataset().Labels.ToArray()))];

        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(Preparation.Folds.Select(f => f[c]).Order(), counts.Select(f => f[c]).Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    public void The_number_of_folds_lies_between_two_and_all(int folds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KFold.Split(Labelled(), folds, 0));

    [Fact]
    public void Cross_validation_evaluates_a_new_network_on_each_fold()
    {
        Dataset<double> data = TrainingData.Corners<double>(60, seed: 2);
        var made = new List<int>();

        IReadOnlyList<Evaluation> results = CrossValidation.Run(
            fold =>
            {
                made.Add(fold);
                return (INetwork<double>)TrainingData.CornerNetwork<double>(fold);
            },
            KFold.SplitStratified(data, 3, seed: 1),
            new() { Epochs = 60, BatchSize = 10, Optimizer = Optimizer.Adam(0.01) });

        Assert.Equal([1, 2, 3], made);
        Assert.Equal(3, results.Count);
        Assert.All(results, r => Assert.InRange(r.Accuracy!.Value, 0.9, 1));
    }

    [Fact]
    public void Balanced_class_weights_are_those_of_scikit_learn()
    {
        Assert.Equal(Preparation.Numbers("weights"), ClassWeights.Balanced(s_labels));
        Assert.Equal([1, 1, 1, 1.5, 0.75], ClassWeights.Balanced([3, 4, 4], classes: 5));
        Assert.Throws<ArgumentException>(() => ClassWeights.Balanced([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Balanced([0, 2], classes: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Balanced([0, -1]));
    }

    [Fact]
    public void Labels_and_texts_become_rows_with_a_single_one_and_come_back()
    {
        Assert.Equal([0f, 0, 1, 1, 0, 0], OneHot.Encode<float>([2, 0]));
        Assert.Equal([0f, 1, 0, 0], OneHot.Encode<float>([1], classes: 4));
        Assert.Equal([2, 0], OneHot.Decode<double>([0, 0, 1, 0.5, 0.2, 0.5], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode<float>([3], classes: 3));
        Assert.Throws<ArgumentException>(() => OneHot.Decode<float>([1, 2, 3], 2));

        Categories species = Categories.Of(["virginica", "setosa", "setosa", "versicolor"]);
        Assert.Equal(["setosa", "versicolor", "virginica"], species.Names);
        Assert.Equal([2, 0], species.LabelsOf(["virginica", "setosa"]));
        Assert.Equal([0.0, 1, 0], species.OneHot<double>(["versicolor"]));
        Assert.Equal(
            "Categories: 'rosa' is none of the 3 categories setosa, versicolor, virginica. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => species.LabelOf("rosa")).Message);
        Assert.Throws<ArgumentException>(() => Categories.Of([]));
    }

    private static Dataset<double> Labelled() => Dataset.FromLabels(Enumerable.Range(0, 47).Select(i => (double)i).ToArray(), 1, s_labels);

    private static int[] Counts(int[] labels) => [.. Enumerable.Range(0, 4).Select(c => labels.Count(l => l == c))];
}
