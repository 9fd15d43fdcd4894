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
}
