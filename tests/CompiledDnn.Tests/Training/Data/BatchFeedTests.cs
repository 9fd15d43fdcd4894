using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class BatchFeedTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Batches_are_the_same_whichever_way_they_come(bool labels, bool shuffle)
    {
        Dataset<float> data = labels ? SourceCases.Labels(23) : SourceCases.Rows(23);
        int[] all = [.. Enumerable.Range(0, 23)];
        using BatchFeed<float> direct = SourceCases.Feed(data, 5, shuffle, seed: 4);
        using BatchFeed<float> subset = SourceCases.Feed(data.Subset(all), 5, shuffle, seed: 4);
        using var prepared = new PreparedFeed<float>(data, 5, shuffle, seed: 4, default);
        using BatchFeed<float> own = SourceCases.Feed(new OwnSource(data), 5, shuffle, seed: 4);
        using BatchFeed<float> joined = SourceCases.Feed(Dataset.Concat(data.Slice(0, 7), data.Slice(7, 0), data.Slice(7, 16)), 5, shuffle, seed: 4);
        Assert.Equal(shuffle ? typeof(GatheredFeed<float>) : typeof(SlicedFeed<float>), direct.GetType());
        Assert.IsType<GatheredFeed<float>>(subset);
        Assert.IsType<PreparedFeed<float>>(own);

        foreach (int epoch in (int[])[1, 2, 9])
        {
            List<string> expected = SourceCases.Epoch(direct, epoch);
            Assert.Equal(5, expected.Count);
            Assert.All(new[] { subset, prepared, own, joined }, feed => Assert.Equal(expected, SourceCases.Epoch(feed, epoch)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_epoch_can_be_gone_on_with_at_any_batch(bool shuffle)
    {
        Dataset<float> data = SourceCases.Rows(23);
        IDataSource<float>[] sources =
            [data, data.Subset([.. Enumerable.Range(0, 23)]), new OwnSource(data), SourceCases.Streamed(data), SourceCases.Streamed(data, shuffleBuffer: 8)];

        foreach (IDataSource<float> source in sources)
        {
            List<string> whole = SourceCases.Epoch(source, 5, shuffle, epoch: 3);
            for (int batch = 0; batch < 5; batch++)
            {
                Assert.Equal(whole.Skip(batch), SourceCases.Epoch(source, 5, shuffle, epoch: 3, firstExample: 5 * batch));
            }
        }
    }

    [Fact]
    public void A_sequence_keeps_its_order_and_a_shuffle_buffer_mixes_it_anew_in_each_epoch()
    {
        Dataset<float> data = SourceCases.Rows(40, inputs: 1, targets: 1);
        List<string> inOrder = SourceCases.Epoch(data, 1, shuffle: false, epoch: 1);

        Assert.Equal(inOrder, SourceCases.Epoch(SourceCases.Streamed(data, count: 40), 1, shuffle: true, epoch: 1));
        Assert.Equal(inOrder, SourceCases.Epoch(SourceCases.Streamed(data, shuffleBuffer: 10), 1, shuffle: false, epoch: 1));

        List<string> first = SourceCases.Epoch(SourceCases.Streamed(data, shuffleBuffer: 10), 1, shuffle: true, epoch: 1);
        List<string> second = SourceCases.Epoch(SourceCases.Streamed(data, shuffleBuffer: 10), 1, shuffle: true, epoch: 2);
        Assert.NotEqual(inOrder, first);
        Assert.NotEqual(first, second);
        Assert.Equal(inOrder.Order(), first.Order());
        Assert.Equal(inOrder.Order(), second.Order());
        Assert.Equal(first, SourceCases.Epoch(SourceCases.Streamed(data, shuffleBuffer: 10), 1, shuffle: true, epoch: 1));
    }

    [Fact]
    public void Examples_that_fit_in_one_batch_stay_as_they_are()
    {
        Dataset<float> data = SourceCases.Rows(9);

        Assert.Equal(SourceCases.Epoch(data, 9, shuffle: false, epoch: 1), SourceCases.Epoch(data, 9, shuffle: true, epoch: 1));
        Assert.Equal(SourceCases.Epoch(data, 9, shuffle: false, epoch: 1), SourceCases.Epoch(new OwnSource(data), 9, shuffle: true, epoch: 1));
    }

    [Fact]
    public void An_epoch_that_is_given_up_leaves_no_trace_in_the_next()
    {
        using var feed = new PreparedFeed<float>(SourceCases.Rows(1000), 10, shuffle: true, seed: 1, default);
        List<string> expected = SourceCases.Epoch(feed, 2);

        for (int taken = 0; taken < 12; taken++)
        {
            feed.BeginEpoch(1, 0);
            for (int i = 0; i < taken; i++)
            {
                Assert.True(feed.TryNext(out _));
            }

            Assert.Equal(expected, SourceCases.Epoch(feed, 2));
        }
    }

    [Fact]
    public void Slow_and_fast_sources_and_trainings_lose_no_batch()
    {
        Dataset<float> data = SourceCases.Rows(60, inputs: 1);
        List<string> expected = SourceCases.Epoch(data, 1, shuffle: false, epoch: 1);
        using BatchFeed<float> slowSource = SourceCases.Feed(new OwnSource(data, i => Thread.Sleep(i % 7 == 0 ? 1 : 0)), 1, false, 0);
        using BatchFeed<float> slowTraining = SourceCases.Feed(new OwnSource(data), 1, false, 0);

        Assert.Equal(expected, SourceCases.Epoch(slowSource, 1));
        slowTraining.BeginEpoch(1, 0);
        int taken = 0;
        while (slowTraining.TryNext(out Batch<float> batch))
        {
            Assert.Equal(taken, batch.X[0]);
            Thread.Sleep(taken++ % 7 == 0 ? 1 : 0);
        }

        Assert.Equal(60, taken);
    }

    [Fact]
    public void Epochs_without_end_are_read_as_long_as_they_are_asked_for()
    {
        static IEnumerable<(float[] X, int Label)> Forever()
        {
            for (int i = 0; ; i++)
            {
                yield return ([i], i);
            }
        }

        using BatchFeed<float> feed = SourceCases.Feed(Dataset.FromEnumerable(Forever(), inputSize: 1), 4, true, 0);
        feed.BeginEpoch(1, 0);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(feed.TryNext(out Batch<float> batch));
            Assert.Equal([4 * i, (4 * i) + 1, (4 * i) + 2, (4 * i) + 3], batch.Labels.ToArray());
        }
    }
}
