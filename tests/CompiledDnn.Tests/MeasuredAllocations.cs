using Xunit;

namespace CompiledDnn.Tests;

/// <summary>
/// Tests that count allocated bytes run with nothing beside them: a collection that other tests bring about in the middle of a
/// measurement retires the thread's allocation buffer, and what was left of it, up to 8 kB, is counted as allocated.
/// </summary>
[CollectionDefinition(nameof(MeasuredAllocations), DisableParallelization = true)]
public sealed class MeasuredAllocations
{
    private const int Runs = 5;

    /// <summary>
    /// The fewest bytes that a call allocates on this thread, of several: the runtime itself now and then allocates beside one, as when
    /// it compiles a method again, but a call that allocates does it every time.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="calls">How often it is made in each of the several measurements.</param>
    public static long Fewest(Action call, int calls = 1)
    {
        long fewest = long.MaxValue;
        for (int run = 0; run < Runs && fewest > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++)
            {
                call();
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }

    /// <summary>A call that was made once, and may then have taken the memory that it keeps, allocates nothing.</summary>
    /// <param name="call">The call.</param>
    /// <param name="what">What it is, where the test makes several.</param>
    public static void None(Action call, string what = "The call")
    {
        call();
        long fewest = Fewest(call, calls: 2);
        Assert.True(fewest == 0, $"{what} allocates {fewest} bytes.");
    }
}
