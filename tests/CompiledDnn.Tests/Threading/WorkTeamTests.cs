using CompiledDnn.Kernels;
using CompiledDnn.Threading;
using Xunit;

namespace CompiledDnn.Tests.Threading;

/// <summary>The team does every share of a call once, whoever does it, and leaves nothing of a call behind.</summary>
[Collection(nameof(MeasuredAllocations))]
public class WorkTeamTests
{
    [Fact]
    public void Every_share_is_done_once_in_every_call()
    {
        for (int call = 0; call < 2000; call++)
        {
            int shares = 2 + (call % 7);
            var work = new Counting(shares);

            Assert.True(WorkTeam.TryRun(work, shares));

            Assert.All(work.Done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_team_that_slept_wakes_up()
    {
        for (int call = 0; call < 5; call++)
        {
            Thread.Sleep(20);
            var work = new Counting(3);

            Assert.True(WorkTeam.TryRun(work, 3));

            Assert.Equal([1, 1, 1], work.Done);
        }
    }

    [Fact]
    public void What_a_share_throws_reaches_the_caller_once_all_shares_are_done()
    {
        var work = new Throwing();

        var thrown = Assert.Throws<InvalidOperationException>(() => WorkTeam.TryRun(work, 4));

        Assert.Equal("share 2", thrown.Message);
        Assert.Equal(4, work.Done);
        var next = new Counting(2);
        Assert.True(WorkTeam.TryRun(next, 2));
        Assert.Equal([1, 1], next.Done);
    }

    [Fact]
    public void A_call_that_finds_the_team_at_work_does_nothing()
    {
        var inner = new Counting(2);
        var outer = new Nesting(inner);

        Assert.True(WorkTeam.TryRun(outer, 2));

        Assert.False(outer.InnerRan);
        Assert.Equal([0, 0], inner.Done);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(209, 6)]
    [InlineData(12288, 32)]
    [InlineData(3, 6)]
    public void Shares_cover_everything_once(int count, int multiple)
    {
        for (int total = 1; total <= 9; total++)
        {
            int next = 0;
            for (int index = 0; index < total; index++)
            {
                (int first, int length) = new Share(index, total).Of(count, multiple);

                Assert.Equal(next, first);
                Assert.True(length >= 0);
                Assert.True(first % multiple == 0 || first == count);
                next += length;
            }

            Assert.Equal(count, next);
        }
    }

    private sealed class Counting(int shares) : TeamWork
    {
        public int[] Done { get; } = new int[shares];

        protected override void Run(int share, int shares) => Interlocked.Increment(ref Done[share]);
    }

    private sealed class Throwing : TeamWork
    {
        private int _done;

        public int Done => _done;

        protected override void Run(int share, int shares)
        {
            Interlocked.Increment(ref _done);
            if (share == 2)
            {
                throw new InvalidOperationException("share 2");
            }
        }
    }

    private sealed class Nesting(Counting inner) : TeamWork
    {
        private bool _innerRan;

        public bool InnerRan => _innerRan;

        protected override void Run(int share, int shares)
        {
            if (share == 0)
            {
                _innerRan = WorkTeam.TryRun(inner, 2);
            }
        }
    }
}
