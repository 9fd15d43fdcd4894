namespace CompiledDnn.Benchmarks;

/// <summary>
/// Threads that do one piece of work together again and again, as OpenMP's team in C: between two calls they spin, so a team rests while
/// something else is timed.
/// </summary>
/// <param name="count">How many threads, the caller's included.</param>
/// <param name="work">What each does; it is given its number.</param>
internal sealed class SpinningTeam(int count, Action<int> work) : IDisposable
{
    private volatile int _call;
    private volatile int _passed;
    private volatile bool _ended;
    private int _waiting;
    private Thread[] _members = [];

    /// <summary>Does the work once, and returns when all are done.</summary>
    public void Run()
    {
        if (count == 1)
        {
            work(0);
            return;
        }

        if (_members.Length == 0)
        {
            int next = _call + 1;
            _members = [.. Enumerable.Range(1, count - 1).Select(number => new Thread(() => Serve(number, next)) { IsBackground = true })];
            Array.ForEach(_members, member => member.Start());
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

    /// <summary>Ends the threads until the next call.</summary>
    public void Rest()
    {
        _ended = true;
        Array.ForEach(_members, member => member.Join());
        _members = [];
        _ended = false;
    }

    public void Dispose() => Rest();

    private void Serve(int thread, int first)
    {
        for (int call = first; ; call++)
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
