using Samples;
using Xunit;

namespace CompiledDnn.Tests.Samples;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_are_of_actual_against_predicted_classes()
    {
        ConfusionMatrix confusion = Counted();

        Assert.Equal((3, 2), (confusion.Total, confusion.Right));
        Assert.Equal(2.0 / 3, confusion.Accuracy);
        Assert.Equal((1, 1, 0, 1), (confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1]));
    }

    [Fact]
    public void The_table_has_a_row_for_each_class() => Assert.Equal(
        """
              bad good
        bad     1    1
        good    ·    1
        """.ReplaceLineEndings(),
        Counted().ToString());

    private static ConfusionMatrix Counted()
    {
        var confusion = new ConfusionMatrix("bad", "good");
        confusion.Add(0, 0);
        confusion.Add(0, 1);
        confusion.Add(1, 1);
        return confusion;
    }
}
