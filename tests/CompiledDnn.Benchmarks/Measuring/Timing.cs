using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Benchmarks;

/// <summary>Times of one call in seconds.</summary>
internal readonly record struct Timing(double Median, double Percentile99)
{
    private const double ShortestSample = 50e-6;

    // Tiers: code is counted once nothing new has been called for 100 ms, compiled again in the background after 30 calls, with what was
    // learnt after 30 more, and what it calls may only then be seen to matter.
    private const int Rounds = 5;
    private const int CallsInRound = 40;
    private const int PauseMilliseconds = 150;

    // Turns of actions that are compared, and the time that the threads of the one before are left to fall asleep.
    private const int Turns = 10;
    private const int RestMilliseconds = 30;

    /// <summary>Times an action.</summary>
    /// <param name="action">What is timed.</param>
    /// <param name="seconds">For how long, once its code is final.</param>
    public static Timing Of(Action action, double seconds = 0.8) => InTurns([new TimedCall(action)], seconds)[0];

    /// <summary>
    /// Times actions that are compared: each has several turns, and the turn with the least median counts, because what else runs on a machine may
    /// take half its speed for seconds. Before the first turn the machine code of all is final; a sample is 50 microseconds at least.
    /// </summary>
    /// <param name="calls">What is timed.</param>
    /// <param name="seconds">For how long each, all its turns together.</param>
    public static Timing[] InTurns(IReadOnlyList<TimedCall> calls, double seconds)
    {
        for (int round = 0; round < Rounds && RuntimeFeature.IsDynamicCodeCompiled; round++)
        {
            foreach (TimedCall call in calls)
            {
                Repeat(call.Action, CallsInRound);
                call.Rest?.Invoke();
            }

            Thread.Sleep(PauseMilliseconds);
        }

        var callsInSample = new int[calls.Count];
        for (int i = 0; i < calls.Count; i++)
        {
            callsInSample[i] = CallsFor(Settle(calls[i].Action, seconds / 4));
            calls[i].Rest?.Invoke();
        }

        var best = new Timing[calls.Count];
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < calls.Count; i++)
            {
                Thread.Sleep(RestMilliseconds);
                Sample(calls[i].Action, callsInSample[i], seconds / Turns / 4);
                Timing timing = Sample(calls[i].Action, callsInSample[i], seconds / Turns);
                best[i] = turn == 0 || timing.Median < best[i].Median ? timing : best[i];
                calls[i].Rest?.Invoke();
            }
        }

        return best;
    }

    private static int CallsFor(double once) => Math.Max(1, (int)Math.Ceiling(ShortestSample / once));

    private static Timing Sample(Action action, int calls, double seconds)
    {
        var samples = new List<double>(100_000);
        long began = Stopwatch.GetTimestamp();
        while (samples.Count < 5 || (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds && samples.Count < samples.Capacity))
        {
            long start = Stopwatch.GetTimestamp();
            Repeat(action, calls);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        samples.Sort();
        return new Timing(samples[samples.Count / 2], samples[(int)((samples.Count - 1) * 0.99)]);
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    // Until the processor's clock and caches are as they stay. Returns the time of a call.
    private static double Settle(Action action, double seconds)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            action();
        }
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds);

        long start = Stopwatch.GetTimestamp();
        int timed = 0;
        do
        {
            action();
            timed++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.01);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / timed;
    }
}
