namespace CompiledDnn.Benchmarks;

/// <summary>What a user could take instead, in the same process.</summary>
internal abstract class Peer
{
    /// <summary>True if this build has the peers whose packages are fetched only when asked for.</summary>
#if PEERS
    public const bool HasOptional = true;
#else
    public const bool HasOptional = false;
#endif

    /// <summary>Every peer that this build knows.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new ExpertPeer<OpenBlasProduct>(
            OpenBlas.IsPresent,
            $"an expert's step with its products ({OpenBlas.Core} kernels), the better layout of W1",
            bothLayouts: true),
        new ExpertPeer<XsmmProduct>(LibXsmm.IsPresent, $"the same step with its products ({LibXsmm.Target})", bothLayouts: false),
#if PEERS
        new OnnxPeer(),
#endif
    ];

    /// <summary>Its name in the table.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in words.</summary>
    public abstract string Description { get; }

    /// <summary>True if it was found on this machine.</summary>
    public abstract bool IsPresent { get; }

    /// <summary>The ways in which it can do a workload; none if it cannot.</summary>
    protected abstract IEnumerable<Func<PeerRun>> Ways(Workload workload, int threads);

    /// <summary>The ways in which it can do a workload, each checked; none if it cannot.</summary>
    public IReadOnlyList<PeerRun> Start(Workload workload, int threads) => [.. Ways(workload, threads).Select(way => way())];
}

/// <summary>What is timed of a peer, and what ends with it.</summary>
/// <param name="call">One call.</param>
/// <param name="owned">Threads and memory that the peer holds.</param>
internal sealed class PeerRun(TimedCall call, IDisposable owned) : IDisposable
{
    public TimedCall Call => call;

    public void Dispose() => owned.Dispose();
}
