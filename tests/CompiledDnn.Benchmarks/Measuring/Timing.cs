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

    /// <summary>Times an action: a warm-up until its machine code is final, then samples of at least 50 microseconds.</summary>
    /// <param name="action">What is timed.</param>
    /// <param name="seconds">For how long, once its code is final.</param>
    public static Timing Of(Action action, double seconds = 0.8)
    {
        double once = WarmUp(action, seconds / 4);
        int calls = Math.Max(1, (int)Math.Ceiling(ShortestSample / once));
        var samples = new List<double>(100_000);
        long began = Stopwatch.GetTimestamp();
        while (samples.Count < 5 || (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds && samples.Count < samples.Capacity))
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                action();
            }

            samples.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        samples.Sort();
        return new Timing(samples[samples.Count / 2], samples[(int)((samples.Count - 1) * 0.99)]);
    }

    private static double WarmUp(Action action, double seconds)
    {
        for (int round = 0; round < Rounds && RuntimeFeature.IsDynamicCodeCompiled; round++)
        {
            for (int i = 0; i < CallsInRound; i++)
            {
                action();
            }

            Thread.Sleep(PauseMilliseconds);
        }

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
