namespace CompiledDnn.Threading;

/// <summary>Wake-ups that were given and not yet taken: a thread that comes late finds its own.</summary>
/// <remarks>
/// The framework's <see cref="SemaphoreSlim"/> does the same, but it can also be awaited, so that it brings tasks, timers and the thread pool into
/// every native program: 250 kB.
/// </remarks>
internal sealed class WakeUps
{
    // As long as the framework's: it costs a thread that will sleep for long little, and spares one that will not the way into the kernel.
    private const int SpinsBeforeSleep = 140;

    private readonly object _gate = new();
    private int _given;

    /// <summary>Wakes so many threads, those that are about to wait too.</summary>
    public void Give(int count)
    {
        lock (_gate)
        {
            _given += count;
            for (int i = 0; i < count; i++)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Sleeps until there is a wake-up, and takes it.</summary>
    public void Take()
    {
        var spin = default(SpinWait);
        while (spin.Count < SpinsBeforeSleep && Volatile.Read(ref _given) == 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            while (_given == 0)
            {
                Monitor.Wait(_gate);
            }

            _given--;
        }
    }
}
