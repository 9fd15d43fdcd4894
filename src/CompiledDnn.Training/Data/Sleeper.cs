using System.Diagnostics;

namespace CompiledDnn;

/// <summary>Lets one thread wait for another: it looks out for some microseconds, because what it waits for is mostly near, then sleeps.</summary>
/// <param name="isOver">True once there is nothing more to wait for. Called by the thread that waits.</param>
internal sealed class Sleeper(Func<bool> isOver) : IDisposable
{
    // As long as members of the team that shares the work of a step look out for more.
    private static readonly long s_lookOut = Stopwatch.Frequency / 20_000;

    // Plain reads, as there: the processor's hint for waiting loops can hand the processor back to a virtual machine's host.
    private const int LooksAtOnce = 100;

    private readonly SemaphoreSlim _gate = new(0);
    private int _asleep;

    /// <summary>Waits, on the one thread that may.</summary>
    public void Wait()
    {
        if (LookOut())
        {
            return;
        }

        while (true)
        {
            // A full fence: whoever makes the wait be over afterwards sees this thread asleep, or this thread sees that it is over.
            Interlocked.Exchange(ref _asleep, 1);
            if (isOver())
            {
                // Unless the other thread was faster, and a call of it has to be used up.
                if (Interlocked.Exchange(ref _asleep, 0) == 0)
                {
                    _gate.Wait();
                }

                return;
            }

            _gate.Wait();
        }
    }

    /// <summary>Wakes the waiting thread if it sleeps, after its wait was made to be over. A thread that looks out needs no call.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private bool LookOut()
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            for (int look = 0; look < LooksAtOnce; look++)
            {
                if (isOver())
                {
                    return true;
                }
            }
        }
        while (Stopwatch.GetTimestamp() - began < s_lookOut);

        return false;
    }
}
