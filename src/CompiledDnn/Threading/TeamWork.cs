using System.Runtime.ExceptionServices;

namespace CompiledDnn.Threading;

/// <summary>Work in shares that may run on different threads at the same time.</summary>
internal abstract class TeamWork
{
    private ExceptionDispatchInfo? _failure;

    /// <summary>Does one share.</summary>
    /// <param name="share">0 to shares − 1.</param>
    /// <param name="shares">How many there are.</param>
    protected abstract void Run(int share, int shares);

    /// <summary>Does one share and keeps what it throws.</summary>
    internal void TryRun(int share, int shares)
    {
        try
        {
            Run(share, shares);
        }
#pragma warning disable CA1031 // Thrown again on the calling thread, by ThrowFailure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    /// <summary>Throws the first exception of a share, if there was one, and forgets it.</summary>
    internal void ThrowFailure() => Interlocked.Exchange(ref _failure, null)?.Throw();
}
