namespace CompiledDnn.Benchmarks;

/// <summary>What the machine can do at most, with the vectors that the kernels use.</summary>
/// <param name="Threads">How many threads did it at once.</param>
/// <param name="Float">Operations a second in float.</param>
/// <param name="Double">Operations a second in double.</param>
/// <param name="L2">Bytes read a second from 512 kB for each thread.</param>
/// <param name="L3">Bytes read a second from 8 MB for each thread.</param>
internal sealed record Ceiling(int Threads, double Float, double Double, double L2, double L3)
{
    private const int InL2 = 512 << 10;
    private const int InL3 = 8 << 20;

    // The L2 cache of most processors now; on one with a smaller cache a share of its rate says less.
    private const double L2Bytes = 1 << 20;

    // Of the smallest L1 caches, and of the larger ones what a step leaves for it.
    private const double L1Bytes = 32 << 10;

    private const double Seconds = 0.6;

    /// <summary>Measures all of it.</summary>
    public static Ceiling Measure(int threads)
    {
        using Limit single = Limit.Float(threads), wide = Limit.Double(threads), near = Limit.Reads(threads, InL2), far = Limit.Reads(threads, InL3);
        Timing[] timings = Timing.InTurns([single.Call, wide.Call, near.Call, far.Call], Seconds);
        return new Ceiling(threads, single.Rate(timings[0]), wide.Rate(timings[1]), near.Rate(timings[2]), far.Rate(timings[3]));
    }

    /// <summary>The multiply-adds that bound a workload, to be timed beside it.</summary>
    public Limit StartPeak(Workload workload) => workload.IsDouble ? Limit.Double(Threads) : Limit.Float(Threads);

    /// <summary>The same with the peak that was measured beside a workload.</summary>
    public Ceiling WithPeak(Workload workload, double rate) => workload.IsDouble ? this with { Double = rate } : this with { Float = rate };

    /// <summary>The reads that bound a workload of one example, to be timed beside it; null where reading is no limit.</summary>
    public Limit? StartReads(Workload workload) => Reads(workload) is { } reads ? Limit.Reads(Threads, reads.IsNear ? InL2 : InL3) : null;

    /// <summary>The same with the read rate that was measured beside a workload.</summary>
    public Ceiling WithReads(Workload workload, double rate) => Reads(workload) is { IsNear: true } ? this with { L2 = rate } : this with { L3 = rate };

    /// <summary>The multiply-add rate that bounds a workload.</summary>
    public double Operations(Workload workload) => workload.IsDouble ? Double : Float;

    /// <summary>
    /// How long a step takes that does nothing but read: the inputs once, the weights twice, for the outputs and for their update, each
    /// from the cache that it fits; from the L1 cache in no time.
    /// </summary>
    public double ReadSeconds(Workload workload) =>
        (workload.InputBytes / RateOf(workload.WorkingSet)) + (2 * workload.WeightBytes / RateOf(workload.WeightBytes));

    /// <summary>The read rate that bounds a workload of one example.</summary>
    /// <returns>True for the L2 cache, false for the L3 cache, and its rate, or null where reading is no limit: in batches, and where the weights fit the L1 cache.</returns>
    public (bool IsNear, double Rate)? Reads(Workload workload) =>
        workload.BytesRead <= L1Bytes ? null : workload.WorkingSet <= L2Bytes ? (true, L2) : (false, L3);

    private double RateOf(double bytes) => bytes <= L1Bytes ? double.PositiveInfinity : bytes <= L2Bytes ? L2 : L3;
}
