using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_are_of_actual_against_predicted_classes()
    {
        ConfusionMatrix confusion = Counted();

        Assert.Equal((3, 2), (confusion.Total, confusion.Right));
        Assert.Equal(2.0 / 3, confusion.Accuracy);
        Assert.Equal((1, 1, 0, 1), (confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1]));
        Assert.Equal((0.5, 0.5, 0, 1), (confusion.Share(0, 0), confusion.Share(0, 1), confusion.Share(1, 0), confusion.Share(1, 1)));
    }

    [Fact]
    public void The_table_has_a_row_for_each_class() => Assert.Equal(
        """
              bad good
        bad     1    1
        good    ·    1
        """.ReplaceLineEndings(),
        Counted().ToString());

    [Fact]
    public void Shares_of_a_row_add_up_to_one() => Assert.Equal(
        """
               bad  good
        bad  0.500 0.500
        good     · 1.000
        """.ReplaceLineEndings(),
        Counted().ToShareString());

    [Fact]
    public void What_has_no_prediction_is_in_a_column_of_its_own()
    {
        ConfusionMatrix confusion = Counted();
        confusion.AddUndecided(1, 0.25);

        Assert.Equal(
            """
                  bad good  NaN
            bad     1    1    0
            good    ·    1 0.25
            """.ReplaceLineEndings(),
            confusion.ToString());
        Assert.Equal((0.8, 2 / 3.25), (confusion.Share(1, 1), confusion.Accuracy));
    }

    [Fact]
    public void A_class_without_examples_has_shares_of_zero() =>
        Assert.Equal(0, new ConfusionMatrix("a", "b").Share(0, 1));

    [Fact]
    public void A_network_is_counted_over_all_batches()
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        Dataset<double> data = TrainingData.Corners<double>(600, seed: 1);

        ConfusionMatrix confusion = net.ConfusionMatrix(data);

        Assert.Equal(600, confusion.Total);
        Assert.Equal(net.Evaluate(data).Accuracy, confusion.Accuracy);
        Assert.Equal(["0", "1", "2", "3"], confusion.ClassNames);
    }

    [Fact]
    public void A_single_output_has_two_classes()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        Dataset<float> data = TrainingData.Xor<float>(100, seed: 1);

        ConfusionMatrix confusion = net.ConfusionMatrix(data, ["same", "other"]);

        Assert.Equal(net.Evaluate(data).Accuracy!.Value, confusion.Accuracy);
        Assert.Equal(50, confusion[0, 0] + confusion[0, 1]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        ArgumentException names = Assert.Throws<ArgumentException>(
            () => TrainingData.CornerNetwork<float>().ConfusionMatrix(TrainingData.Corners<float>(8, seed: 1), ["a", "b"]));
        ArgumentException task = Assert.Throws<ArgumentException>(
            () => TrainingData.LineNetwork<float>().ConfusionMatrix(TrainingData.Line<float>(8)));

        Assert.Equal("Corners.ConfusionMatrix: nothing was counted: there are 2 class names, but 4 classes.", names.Message);
        Assert.Equal(
            "Line.ConfusionMatrix: nothing was counted: a confusion matrix is for classes, but the outputs are numbers of a regression.", task.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Counted().Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Counted().Add(0, 0, -1));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([]));
    }

    private static ConfusionMatrix Counted()
    {
        var confusion = new ConfusionMatrix("bad", "good");
        confusion.Add(0, 0);
        confusion.Add(0, 1);
        confusion.Add(1, 1);
        return confusion;
    }
}
