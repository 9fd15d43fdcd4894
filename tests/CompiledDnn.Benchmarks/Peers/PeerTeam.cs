namespace CompiledDnn.Benchmarks;

/// <summary>
/// Threads that do one piece of work together again and again, as OpenMP's team in C: between two calls they spin, so a team is disposed
/// of as soon as it has been timed.
/// </summary>
/// <param name="count">How many threads, the caller's included.</param>
/// <param name="work">What each does; it is given its number.</param>
internal sealed class PeerTeam(int count, Action<int> work) : IDisposable
{
    private volatile int _call;
    private volatile int _passed;
    private volatile bool _ended;
    private int _waiting;
    private bool _started;

    /// <summary>Does the work once, and returns when all are done.</summary>
    public void Run()
    {
        if (count == 1)
        {
            work(0);
            return;
        }

        if (!_started)
        {
            _started = true;
            for (int thread = 1; thread < count; thread++)
            {
                int number = thread;
                new Thread(() => Serve(number)) { IsBackground = true }.Start();
            }
        }

        _call++;
        work(0);
        Meet();
    }

    /// <summary>Waits until every thread of the team is here. Called from the work.</summary>
    public void Meet()
    {
        if (count == 1)
        {
            return;
        }

        int before = _passed;
        if (Interlocked.Increment(ref _waiting) == count)
        {
            _waiting = 0;
            _passed = before + 1;
            return;
        }

        while (_passed == before)
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _ended = true;

    private void Serve(int thread)
    {
        for (int call = 1; ; call++)
        {
            while (_call < call)
            {
                if (_ended)
                {
                    return;
                }

                Thread.SpinWait(1);
            }

            work(thread);
            Meet();
        }
    }
}
