using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Threading;

/// <summary>
/// How far apart the caches of two threads are: the time of a number from one to the other and back. Within a group of cores that share a
/// cache it is some 100 nanoseconds, from group to group or from socket to socket three to five times as long.
/// </summary>
internal sealed class CacheDistance : TeamWork
{
    // A thread that does not answer within so many looks is not there; the first answer may take as long as a sleeping thread to wake.
    private const int LooksForAnswer = 20_000;
    private const int LooksForFirst = 10 * LooksForAnswer;
    private const int Rounds = 20;
    private const int ThrowsOfRound = 8;

    // From there on caches are far apart. Where threads run changes: measured again now and then, and sooner where nobody answered.
    private const double FarSeconds = 300e-9;
    private static readonly long s_measuredFor = Stopwatch.Frequency;
    private static readonly long s_askAgain = Stopwatch.Frequency / 10;

    private static long s_nextMeasurement;
    private static volatile bool s_isFar;

    [ThreadStatic]
    private static CacheDistance? s_ofThread;

    // Odd on its way there, even on its way back.
    private int _ball;

    /// <summary>
    /// True if what one thread of the team writes takes long to reach another: they have no cache in common. Measured once a second at most, for
    /// some 100 microseconds; only the time that things take depends on it.
    /// </summary>
    public static bool IsFar
    {
        get
        {
            long now = Stopwatch.GetTimestamp();
            if (now >= Volatile.Read(ref s_nextMeasurement))
            {
                MeasureTeam(now);
            }

            return s_isFar;
        }
    }

    /// <summary>The shortest time of a number there and back, in seconds. Infinite if the other thread did not come.</summary>
    public double Seconds { get; private set; } = double.PositiveInfinity;

    /// <summary>Begins a measurement.</summary>
    public void Begin() => (_ball, Seconds) = (0, double.PositiveInfinity);

    protected override void Run(int share, int shares)
    {
        if (share == 0)
        {
            Measure();
        }
        else
        {
            Answer();
        }
    }

    private static void MeasureTeam(long now)
    {
        Volatile.Write(ref s_nextMeasurement, now + s_measuredFor);
        CacheDistance distance = s_ofThread ??= new();
        distance.Begin();
        if (WorkTeam.TryRun(distance, 2) && double.IsFinite(distance.Seconds))
        {
            s_isFar = distance.Seconds > FarSeconds;
        }
        else
        {
            // At work for another call, or the member slept too long.
            Volatile.Write(ref s_nextMeasurement, now + s_askAgain);
        }
    }

    // Optimised from the first call on: there is only one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure()
    {
        int ball = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < ThrowsOfRound; i++)
            {
                ball += 2;
                Volatile.Write(ref _ball, ball - 1);
                if (!IsThere(ball, ball == 2 ? LooksForFirst : LooksForAnswer))
                {
                    return;
                }
            }

            Seconds = Math.Min(Seconds, Stopwatch.GetElapsedTime(began).TotalSeconds / ThrowsOfRound);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Answer()
    {
        int ball = 0;
        while (ball < 2 * Rounds * ThrowsOfRound && IsThere(ball + 1, LooksForAnswer))
        {
            ball += 2;
            Volatile.Write(ref _ball, ball);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsThere(int ball, int looks)
    {
        for (int look = 0; look < looks; look++)
        {
            if (Volatile.Read(ref _ball) == ball)
            {
                return true;
            }
        }

        return false;
    }
}
