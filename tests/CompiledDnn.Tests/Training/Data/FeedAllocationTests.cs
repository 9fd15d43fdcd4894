using Xunit;

namespace CompiledDnn.Tests.Training.Data;

[Collection(nameof(MeasuredAllocations))]
public class FeedAllocationTests
{
    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(4000, true)]
    public void A_batch_allocates_nothing_on_any_thread(int inputs, bool shuffle)
    {
        Dataset<float> data = SourceCases.Rows(64, inputs);
        using BatchFeed<float> feed = SourceCases.Feed(data, 4, shuffle, seed: 1);
        Assert.Equal(48, Epochs(3));

        // The fewest of several runs: the runtime's own allocations come and go.
        long fewest = long.MaxValue;
        for (int run = 0; run < 10; run++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Epochs(2);
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, fewest);

        int Epochs(int count)
        {
            int batches = 0;
            for (int epoch = 1; epoch <= count; epoch++)
            {
                feed.BeginEpoch(epoch, 0);
                while (feed.TryNext(out Batch<float> batch))
                {
                    batches += batch.Count == 4 ? 1 : 0;
                }
            }

            return batches;
        }
    }
}
