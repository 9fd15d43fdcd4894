using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>The one place that says how many threads a network of this project may use.</summary>
internal static class ThreadCount
{
    /// <summary>The numbers of threads in the table.</summary>
    public static IReadOnlyList<int> InTable { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>Gives a network its number of threads.</summary>
    public static void Set<T>(INetwork<T> net, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => net.MaxDegreeOfParallelism = threads;
}
