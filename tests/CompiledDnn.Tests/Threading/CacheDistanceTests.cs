using CompiledDnn.Kernels;
using CompiledDnn.Threading;
using Xunit;

namespace CompiledDnn.Tests.Threading;

/// <summary>The distance of two threads' caches is measured where both are there, and only decides what a step of few examples is done on.</summary>
[Collection(nameof(MeasuredAllocations))]
public class CacheDistanceTests
{
    private const long ManyOperations = 1_000_000;

    [Fact]
    public void Without_another_thread_there_is_no_distance()
    {
        var distance = new CacheDistance();
        distance.Begin();

        distance.TryRun(0, 2);
        distance.TryRun(1, 2);

        distance.ThrowFailure();
        Assert.Equal(double.PositiveInfinity, distance.Seconds);
    }

    [Fact]
    public void Two_threads_measure_the_time_there_and_back_again_and_again()
    {
        var distance = new CacheDistance();
        int measured = 0;
        for (int attempt = 0; attempt < 200 && measured < 3; attempt++)
        {
            distance.Begin();
            Assert.Equal(double.PositiveInfinity, distance.Seconds);
            var other = new Thread(() => distance.TryRun(1, 2));
            other.Start();
            while (other.ThreadState == ThreadState.Unstarted)
            {
                Thread.Yield();
            }

            distance.TryRun(0, 2);
            other.Join();
            distance.ThrowFailure();
            if (double.IsFinite(distance.Seconds))
            {
                Assert.InRange(distance.Seconds, 1e-9, 1);
                measured++;
            }
        }

        Assert.True(measured == 3 || Environment.ProcessorCount == 1, "Two threads never met.");
    }

    [Theory]
    [InlineData(-1, 63, 2, false, true)]
    [InlineData(-1, 64, 2, false, false)]
    [InlineData(-1, 31, 4, false, true)]
    [InlineData(-1, 32, 4, false, false)]
    [InlineData(-1, 23, 2, true, true)]
    [InlineData(-1, 24, 2, true, false)]
    [InlineData(-1, int.MaxValue, 16, false, false)]
    [InlineData(2, 32, 2, false, false)]
    [InlineData(2, 8, 2, true, false)]
    public void Few_examples_need_a_common_cache_unless_threads_were_asked_for(int most, int m, int threads, bool halvesInputs, bool needs) =>
        Assert.Equal(needs, StepThreads.NeedsCommonCache(most, m, threads, halvesInputs));

    [Fact]
    public void A_number_of_threads_that_was_asked_for_and_enough_examples_do_not_depend_on_the_distance()
    {
        Assert.Equal(1, StepThreads.CountToTrain(1, 32, ManyOperations));
        Assert.Equal(StepThreads.Count(2, 32, ManyOperations), StepThreads.CountToTrain(2, 32, ManyOperations));
        Assert.Equal(StepThreads.Count(-1, 128, ManyOperations), StepThreads.CountToTrain(-1, 128, ManyOperations));
    }

    [Fact]
    public void Few_examples_stay_on_their_thread_where_the_distance_is_far_and_take_all_where_it_is_not()
    {
        const int Few = 4;
        int all = StepThreads.Count(-1, Few, ManyOperations);
        bool checkedOnce = false;
        for (int attempt = 0; attempt < 100 && !checkedOnce; attempt++)
        {
            bool before = CacheDistance.IsFar;
            int threads = StepThreads.CountToTrain(-1, Few, ManyOperations);
            if (CacheDistance.IsFar == before)
            {
                bool isKept = before && StepThreads.NeedsCommonCache(-1, Few, all, halvesInputs: false);
                Assert.Equal(isKept ? 1 : all, threads);
                checkedOnce = true;
            }
        }

        Assert.True(checkedOnce, "The distance changed at every call.");
    }
}
