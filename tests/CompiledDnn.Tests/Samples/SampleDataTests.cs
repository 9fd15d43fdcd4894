using Samples;
using Xunit;

namespace CompiledDnn.Tests.Samples;

public sealed class SampleDataTests
{
    [Fact]
    public void The_digits_are_parted_in_1437_and_360_and_scaled_to_one()
    {
        (Dataset<float> train, Dataset<float> test) = DigitData.Load();

        Assert.Equal((1437, 360), (train.Count, test.Count));
        Assert.Equal((0f, 1f), (train.X.ToArray().Min(), train.X.ToArray().Max()));
        int[] labels = [.. train.Labels.ToArray(), .. test.Labels.ToArray()];
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], labels.CountBy(label => label).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void No_test_digit_is_among_those_to_train_with()
    {
        (Dataset<float> train, Dataset<float> test) = DigitData.Load();
        HashSet<string> known = [.. Enumerable.Range(0, train.Count).Select(i => string.Join(' ', train.Row(i).ToArray()))];

        Assert.DoesNotContain(Enumerable.Range(0, test.Count), i => known.Contains(string.Join(' ', test.Row(i).ToArray())));
    }

    [Fact]
    public void The_tumours_keep_their_measurements_and_kinds()
    {
        (Dataset<float> train, Dataset<float> test) = TumourData.Load();

        Assert.Equal((455, 114), (train.Count, test.Count));
        Assert.Equal(357, train.Y.ToArray().Concat(test.Y.ToArray()).Sum());
        Assert.Contains(4254f, train.X.ToArray().Concat(test.X.ToArray()));
    }

    [Fact]
    public void A_resource_that_is_not_there_or_has_other_columns_is_named()
    {
        Assert.Contains("'none.csv'", Assert.Throws<InvalidOperationException>(() => EmbeddedCsv.Read("none.csv", 1)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "breast_cancer.csv: expected 29 numbers and a label in example 0, but it has 31 cells.",
            Assert.Throws<InvalidDataException>(() => EmbeddedCsv.Read("breast_cancer.csv", 29, hasHeader: true)).Message);
    }
}
