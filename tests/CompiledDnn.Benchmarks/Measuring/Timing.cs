using System.Diagnostics;

namespace CompiledDnn.Benchmarks;

/// <summary>Times of one call in seconds.</summary>
internal readonly record struct Timing(double Median, double Percentile99)
{
    private const double ShortestSample = 50e-6;

    // The second tier is compiled in the background once calls have been quiet for a moment; both tiers need about 30 calls.
    private const int CallsBeforeFinal = 130;
    private const double LongestWarmUp = 4;

    /// <summary>Times an action: a warm-up until its machine code is final, then samples of at least 50 microseconds.</summary>
    /// <param name="action">What is timed.</param>
    /// <param name="seconds">For how long, after half as long a warm-up.</param>
    public static Timing Of(Action action, double seconds = 0.8)
    {
        double once = WarmUp(action, seconds / 2);
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
        long began = Stopwatch.GetTimestamp();
        long calls = 0;
        double elapsed;
        do
        {
            action();
            calls++;
            if (calls is 40 or 80 or 120)
            {
                Thread.Sleep(150);
            }

            elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        while (calls < 3 || elapsed < seconds + (calls < CallsBeforeFinal ? LongestWarmUp : 0));

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
