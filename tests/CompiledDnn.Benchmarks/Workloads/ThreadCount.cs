using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>The one place that says how many threads a network of this project may use.</summary>
internal static class ThreadCount
{
    /// <summary>The numbers of threads in the table.</summary>
    public static IReadOnlyList<int> InTable { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>Gives a network its number of threads. All processors are the default, with which a network takes no more of them than it is worth.</summary>
    public static void Set<T>(INetwork<T> net, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        net.MaxDegreeOfParallelism = threads == Environment.ProcessorCount && threads > 1 ? -1 : threads;
}
