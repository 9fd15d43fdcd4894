using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class SourceTests
{
    [Fact]
    public void Weights_belong_to_examples_and_are_checked()
    {
        Dataset<float> data = SourceCases.Rows(4);

        Assert.True(data.HasWeights);
        Assert.Equal([2f, 3], data.Slice(1, 2).Weights.ToArray());
        Assert.Equal([4f, 1], data.Gather([3, 0], new BatchBuffer<float>(2, 3, 2, hasWeights: true)).Weights.ToArray());
        Assert.Equal("Dataset of 4 examples (3 inputs, 2 targets, weights)", data.ToString());
        Assert.False(SourceCases.Labels(4).HasWeights);
        Assert.Equal("Dataset of 4 examples (3 inputs, class labels)", SourceCases.Labels(4).ToString());
        Assert.Contains("expected 4 weights, one for each example, but there are 3", Message([1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("that of example 2 is -1", Message([1, 2, -1, 4]), StringComparison.Ordinal);
        Assert.Contains("that of example 1 is NaN", Message([1, float.NaN, 1, 4]), StringComparison.Ordinal);
        Assert.Contains("all weights are zero", Message([0, 0, 0, 0]), StringComparison.Ordinal);

        string Message(float[] weights) => Assert.Throws<ArgumentException>(() => data.WithWeights(weights)).Message;
    }

    [Fact]
    public void A_subset_has_the_examples_asked_for_in_their_order()
    {
        Dataset<float> data = SourceCases.Rows(10);

        DataSubset<float> subset = data.Subset([7, 1, 7, 3]);
        DataSubset<float> inner = subset.Subset([2, 3]);

        Assert.Equal([7f, 1, 7, 3], subset.ToDataset().X.ToArray().Where((_, n) => n % 3 == 0));
        Assert.Equal([8f, 2, 8, 4], subset.ToDataset().Weights.ToArray());
        Assert.Equal([-7f, -3], inner.ToDataset().Y.ToArray().Where((_, n) => n % 2 == 0));
        Assert.Same(data, inner.Source);
        Assert.Equal([7, 3], inner.Examples.ToArray());
        Assert.Equal(0, data.Subset([]).ToDataset().Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset([10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset([-1]));
    }

    [Fact]
    public void Sources_of_one_kind_follow_each_other()
    {
        Dataset<float> data = SourceCases.Rows(9);
        IRandomAccessSource<float> joined = Dataset.Concat<float>(data.Slice(0, 0), data.Slice(0, 2), data.Slice(2, 0), new OwnSource(data.Slice(2, 6)), data.Slice(8, 1));

        Assert.Equal(9, joined.Count);
        Assert.Equal(data.X.ToArray(), joined.Subset([.. Enumerable.Range(0, 9)]).ToDataset().X.ToArray());
        Assert.Throws<ArgumentException>(() => Dataset.Concat<float>(data, SourceCases.Labels(3)));
        Assert.Throws<ArgumentException>(() => Dataset.Concat<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => joined.CopyExamples([9], new BatchBuffer<float>(1, 3, 2, true)));
    }

    [Fact]
    public void A_source_can_be_read_by_a_loop_of_ones_own()
    {
        Dataset<float> data = SourceCases.Labels(7);
        var batch = new BatchBuffer<float>(3, 3, 0);
        using IDataReader<float> reader = ((IDataSource<float>)data).Open(new EpochRequest(1, Seed: 5, Shuffle: true, BatchSize: 3));
        var labels = new List<int>();
        while (reader.Read(batch))
        {
            labels.AddRange(batch.Labels);
            batch.Clear();
        }

        Assert.Equal(new Shuffler(7, 5).Shuffle(1).ToArray(), labels);
    }

    [Fact]
    public void A_buffer_refuses_what_does_not_fit()
    {
        var rows = new BatchBuffer<float>(1, 2, 1);
        Assert.Throws<ArgumentException>(() => rows.Add([1], [1]));
        Assert.Throws<ArgumentException>(() => rows.Add([1, 2], [1, 2]));
        Assert.Throws<InvalidOperationException>(() => rows.Add([1, 2], label: 1));
        Assert.Equal(0, rows.Count);
        rows.Add([1, 2], [3]);
        Assert.Equal((1, 0), (rows.Count, rows.Room));
        Assert.Throws<InvalidOperationException>(() => rows.Add([1, 2], [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Append(0));
        Assert.Throws<InvalidOperationException>(() => new BatchBuffer<float>(1, 2, 0).Add([1, 2], [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchBuffer<float>(0, 1, 1));
        Assert.Throws<OverflowException>(() => new BatchBuffer<float>(int.MaxValue, 2, 1));
    }

    [Fact]
    public void Row_sources_become_examples()
    {
        var x = new Rows<float>([[1, 2], [3, 4], [5, 6]]);
        IRandomAccessSource<float> labelled = Dataset.FromRowSources(x, new Rows<int>([[7], [8], [9]]), new Rows<float>([[1], [2], [3]]));
        IRandomAccessSource<float> targets = Dataset.FromRowSources(x, new Rows<float>([[1, 2, 3], [4, 5, 6], [7, 8, 9]]));

        Dataset<float> two = labelled.Subset([2, 0]).ToDataset();
        Assert.Equal([5f, 6, 1, 2], two.X.ToArray());
        Assert.Equal([9, 7], two.Labels.ToArray());
        Assert.Equal([3f, 1], two.Weights.ToArray());
        Assert.Equal([4f, 5, 6], targets.Subset([1]).ToDataset().Y.ToArray());
        Assert.Throws<ArgumentException>(() => Dataset.FromRowSources(x, new Rows<float>([[1]])));
        Assert.Throws<ArgumentException>(() => Dataset.FromRowSources(x, new Rows<int>([[1, 1], [2, 2], [3, 3]])));
        Assert.Throws<ArgumentException>(() => Dataset.FromRowSources(x, x, weights: x));
    }

    private sealed class Rows<T>(T[][] rows) : IRowSource<T>
        where T : unmanaged
    {
        public long Count => rows.Length;

        public int RowLength => rows[0].Length;

        public void CopyRows(ReadOnlySpan<long> which, Span<T> destination)
        {
            for (int i = 0; i < which.Length; i++)
            {
                rows[which[i]].CopyTo(destination[(i * RowLength)..]);
            }
        }
    }
}
