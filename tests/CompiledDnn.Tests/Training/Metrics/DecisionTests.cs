using Xunit;

namespace CompiledDnn.Tests.Training.Metrics;

public class DecisionTests
{
    [Fact]
    public void The_largest_is_the_largest_whatever_the_length_ties_and_holes()
    {
        var random = new Random(1);
        for (int length = 1; length <= 40; length++)
        {
            for (int draw = 0; draw < 40; draw++)
            {
                // Few different numbers, so that ties are common; now and then one that is none.
                float[] row = [.. Enumerable.Range(0, length).Select(_ => random.Next(40) == 0 ? float.NaN : random.Next(4))];
                double[] wide = [.. row.Select(number => (double)number)];
                int largest = Decisions.Largest<float>(row);
                for (int place = 0; place < length; place++)
                {
                    Assert.Equal(place == largest, Decisions.IsLargest<float>(row, place));
                    Assert.Equal(place == largest, Decisions.IsLargest<double>(wide, place));
                }
            }
        }
    }

    // Rows as they lie in memory: what is between them may be anything.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Examples_are_counted_as_one_by_one_whatever_the_size_the_gap_ties_and_holes(bool positive)
    {
        var random = new Random(2);
        for (int size = 1; size <= 20; size++)
        {
            foreach (int stride in new[] { size, size + 1, (size + 7) & ~7, (size + 15) & ~15, (size + 31) & ~31 })
            {
                for (int count = 0; count <= 40; count++)
                {
                    float[] rows = [.. Enumerable.Range(0, count * stride).Select(i => Number(i % stride < size))];
                    double[] wide = [.. rows.Select(number => (double)number)];
                    int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(size))];
                    int right = labels.Where((label, i) => label == Decisions.Largest<float>(rows.AsSpan(i * stride, size))).Count();
                    Assert.Equal(right, Decisions.CountLargest<float>(rows, size, stride, labels));
                    Assert.Equal(right, Decisions.CountLargest<double>(wide, size, stride, labels));
                }
            }
        }

        // Neighbours among the numbers, so that ties and near ties are common.
        float Number(bool ofRow) => !ofRow || random.Next(100) == 0
            ? random.Next(2) == 0 ? float.NaN : float.PositiveInfinity
            : (positive || random.Next(2) == 0 ? 1 : -1) * random.Next(4) switch { 0 => positive ? float.Epsilon : 0, 1 => 1, 2 => MathF.BitDecrement(1), _ => MathF.BitIncrement(1) };
    }
}
