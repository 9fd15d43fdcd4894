using System.Diagnostics;

namespace CompiledDnn.Threading;

/// <summary>
/// A small team of threads, one for each processor but the caller's, that share the work of one call at a time. A call that finds the
/// team at work does its shares itself: many networks at once, in a server say, never wait for each other.
/// </summary>
/// <remarks>
/// The shares of a call are numbered; whoever is free takes the next number, the caller too, so a thread that wakes late costs nothing but its
/// help. What a share works on follows from its number alone, never from the thread. A member that has nothing to do looks
/// out for more work for some microseconds, because the next phase of a step follows at once, and then sleeps.
/// </remarks>
internal sealed class WorkTeam
{
    // How long a member looks out for work before it sleeps: longer than the pause between two steps of a training loop.
    private static readonly long s_lookOut = Stopwatch.Frequency / 20_000;

    // Plain reads: on virtual machines the processor's hint for a waiting loop can hand the whole processor back to the host.
    private const int LooksAtOnce = 100;
    private const int LooksBeforeYield = 100_000;

    private static readonly Lazy<WorkTeam> s_shared = new(() => new WorkTeam(Environment.ProcessorCount - 1));

    private readonly WakeUps _wakeUps = new();

    // The number of the call, how many shares it has, and the next of them: one number, so that they always belong together.
    private long _ticket;
    private TeamWork? _work;
    private int _done;
    private int _asleep;
    private int _isBusy;

    private WorkTeam(int members)
    {
        for (int i = 0; i < members; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = "CompiledDnn" }.Start();
        }
    }

    /// <summary>Does the shares of a piece of work on the team and the calling thread, and returns when all are done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="shares">How many shares it has, 2 to 65,535.</param>
    /// <returns>False if the team is at work for another call: nothing was done.</returns>
    public static bool TryRun(TeamWork work, int shares)
    {
        WorkTeam team = s_shared.Value;
        if (Interlocked.CompareExchange(ref team._isBusy, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            team.Run(work, shares);
        }
        finally
        {
            team._work = null;
            Volatile.Write(ref team._isBusy, 0);
        }

        work.ThrowFailure();
        return true;
    }

    private static int CallOf(long ticket) => (int)(ticket >> 32);

    private static int SharesOf(long ticket) => (ushort)(ticket >> 16);

    private static int NextOf(long ticket) => (ushort)ticket;

    private void Run(TeamWork work, int shares)
    {
        _work = work;
        _done = 0;
        int call = CallOf(_ticket) + 1;

        // Publishes what was written before it; a full fence, so that a member that goes to sleep is seen or sees the call.
        Interlocked.Exchange(ref _ticket, ((long)call << 32) | ((long)shares << 16));
        int asleep = Volatile.Read(ref _asleep);
        if (asleep > 0)
        {
            _wakeUps.Give(Math.Min(asleep, shares - 1));
        }

        Work(call);
        for (long looks = 1; Volatile.Read(ref _done) < shares; looks++)
        {
            if (looks % LooksBeforeYield == 0)
            {
                Thread.Yield();
            }
        }
    }

    // Takes shares of a call until none is left.
    private void Work(int call)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int share = NextOf(ticket);
            int shares = SharesOf(ticket);
            if (CallOf(ticket) != call || share >= shares)
            {
                return;
            }

            // Fails where another thread took the share. A share that was taken keeps its call, and so _work, until it is done.
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) == ticket)
            {
                _work!.TryRun(share, shares);
                Interlocked.Increment(ref _done);
            }
        }
    }

    private void Serve()
    {
        int seen = 0;
        while (true)
        {
            WaitForCall(seen);
            seen = CallOf(Volatile.Read(ref _ticket));
            Work(seen);
        }
    }

    private bool LookOut(int seen)
    {
        for (int look = 0; look < LooksAtOnce; look++)
        {
            if (CallOf(Volatile.Read(ref _ticket)) != seen)
            {
                return true;
            }
        }

        return false;
    }

    private void WaitForCall(int seen)
    {
        long began = Stopwatch.GetTimestamp();
        while (CallOf(Volatile.Read(ref _ticket)) == seen)
        {
            if (LookOut(seen) || Stopwatch.GetTimestamp() - began < s_lookOut)
            {
                continue;
            }

            Interlocked.Increment(ref _asleep);
            if (CallOf(Volatile.Read(ref _ticket)) == seen)
            {
                _wakeUps.Take();
            }

            Interlocked.Decrement(ref _asleep);
            began = Stopwatch.GetTimestamp();
        }
    }
}
