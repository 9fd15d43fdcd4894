using System.Diagnostics;

namespace CompiledDnn.Benchmarks;

/// <summary>What the machine can do at most, measured in this run, with the vectors that the kernels use.</summary>
/// <param name="Threads">How many threads did it at once.</param>
/// <param name="Float">Operations a second in float.</param>
/// <param name="Double">Operations a second in double.</param>
/// <param name="L2">Bytes read a second from 512 kB for each thread.</param>
/// <param name="L3">Bytes read a second from 8 MB for each thread.</param>
internal sealed record Ceiling(int Threads, double Float, double Double, double L2, double L3)
{
    // The L2 cache of most processors now; on one with a smaller cache a share of its rate says less.
    private const double L2Bytes = 1 << 20;

    private const double Seconds = 0.3;
    private const int Rounds = 20_000;

    /// <summary>Measures all of it.</summary>
    public static Ceiling Measure(int threads) => new(
        threads,
        Rate(threads, () => VectorWidth.Dispatch(new MultiplyAddLoop<float>(Rounds))),
        Rate(threads, () => VectorWidth.Dispatch(new MultiplyAddLoop<double>(Rounds))),
        Rate(threads, () => VectorWidth.Dispatch(new ReadLoop(512 << 10))),
        Rate(threads, () => VectorWidth.Dispatch(new ReadLoop(8 << 20))));

    /// <summary>The multiply-add rate that bounds a workload.</summary>
    public double Operations(Workload workload) => workload.IsDouble ? Double : Float;

    /// <summary>The read rate that bounds a workload of one example.</summary>
    /// <returns>The cache and its rate, or null where reading is no limit: in batches, and where the weights fit the L1 cache.</returns>
    public (string Cache, double Rate)? Reads(Workload workload)
    {
        const double L1Bytes = 32 << 10;
        return workload.BytesRead <= L1Bytes ? null : workload.WorkingSet <= L2Bytes ? ("L2", L2) : ("L3", L3);
    }

    // What all threads do in a second, each on its own data, at the same time.
    private static double Rate(int threads, Func<Loop> create)
    {
        var rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] team = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() => rates[thread] = Median(create(), start)))];
        foreach (Thread member in team)
        {
            member.Start();
        }

        foreach (Thread member in team)
        {
            member.Join();
        }

        return rates.Sum();
    }

    private static double Median(Loop loop, Barrier start)
    {
        // Until the processor's clock has settled.
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds)
        {
            loop.Run();
        }

        start.SignalAndWait();
        var samples = new List<double>();
        began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds)
        {
            long from = Stopwatch.GetTimestamp();
            loop.Run();
            samples.Add(loop.Work / Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        samples.Sort();
        return samples[samples.Count / 2];
    }
}

/// <summary>A loop that is run again and again, and what one run does: operations, or bytes.</summary>
internal sealed record Loop(Action Run, double Work);
