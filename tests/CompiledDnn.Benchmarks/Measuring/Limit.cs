namespace CompiledDnn.Benchmarks;

/// <summary>A loop that does one thing as fast as the machine can, on as many threads as what it bounds.</summary>
internal sealed class Limit : IDisposable
{
    private const int Rounds = 20_000;

    private readonly SpinningTeam _team;
    private readonly double _work;

    private Limit(int threads, Func<Loop> create)
    {
        Loop[] loops = [.. Enumerable.Range(0, threads).Select(_ => create())];
        _team = new SpinningTeam(threads, thread => loops[thread].Run());
        _work = loops.Sum(loop => loop.Work);
        Call = new TimedCall(_team.Run, _team.Rest);
    }

    /// <summary>What is timed: one loop on every thread, each with its own data.</summary>
    public TimedCall Call { get; }

    /// <summary>Multiply-adds in float.</summary>
    public static Limit Float(int threads) => new(threads, () => VectorWidth.Dispatch(new MultiplyAddLoop<float>(Rounds)));

    /// <summary>Multiply-adds in double.</summary>
    public static Limit Double(int threads) => new(threads, () => VectorWidth.Dispatch(new MultiplyAddLoop<double>(Rounds)));

    /// <summary>Reads of so many bytes for each thread.</summary>
    public static Limit Reads(int threads, int bytes) => new(threads, () => VectorWidth.Dispatch(new ReadLoop(bytes)));

    /// <summary>What all threads do in a second: operations, or bytes.</summary>
    public double Rate(Timing timing) => _work / timing.Median;

    public void Dispose() => _team.Dispose();
}

/// <summary>A loop that is run again and again, and what one run does: operations, or bytes.</summary>
internal sealed record Loop(Action Run, double Work);
