namespace CompiledDnn.Benchmarks;

/// <summary>A workload, its peers and what the machine can do, timed in turns.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Ceiling">What the machine can do: the rates that bound the workload are from the same turns.</param>
/// <param name="Figures">This project's figure, then those of the peers that can do the workload.</param>
/// <param name="Speedup">With several threads, how many times as long a single one takes, from the same turns.</param>
internal sealed record TableRow(Workload Workload, Ceiling Ceiling, IReadOnlyList<Figure> Figures, double? Speedup)
{
    private const double Seconds = 0.8;

    /// <summary>Times a workload beside its peers, each checked first.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="peers">The peers of the table.</param>
    /// <param name="ceiling">What the machine could do when the table began.</param>
    public static TableRow Time(Workload workload, Peer[] peers, Ceiling ceiling)
    {
        int threads = ceiling.Threads;
        workload.Check(threads);
        using Limit peak = ceiling.StartPeak(workload);
        using Limit? reads = ceiling.StartReads(workload);
        (string Peer, PeerRun Run)[] runs = [.. peers.SelectMany(peer => peer.Start(workload, threads).Select(run => (peer.Name, run)))];
        TimedCall[] single = threads > 1 ? [new TimedCall(workload.Start(threads: 1))] : [], read = reads is null ? [] : [reads.Call];
        Timing[] timings = Timing.InTurns(
            [new TimedCall(workload.Start(threads)), peak.Call, .. runs.Select(run => run.Run.Call), .. read, .. single], Seconds);
        Array.ForEach(runs, run => run.Run.Dispose());

        Ceiling beside = ceiling.WithPeak(workload, peak.Rate(timings[1]));
        beside = reads is null ? beside : beside.WithReads(workload, reads.Rate(timings[2 + runs.Length]));
        Timing own = timings[0];

        // Of a peer, its fastest way.
        IEnumerable<Figure> others = runs.Zip(timings.Skip(2), (run, timing) => (run.Peer, Timing: timing))
            .GroupBy(run => run.Peer)
            .Select(ways => Figure.Of(workload, ways.Key, ways.Select(way => way.Timing).MinBy(timing => timing.Median), beside));
        return new TableRow(
            workload, beside, [Figure.Of(workload, Figure.Own, own, beside), .. others], threads > 1 ? timings[^1].Median / own.Median : null);
    }
}
