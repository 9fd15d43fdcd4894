using System.Runtime.CompilerServices;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// Times every workload beside its peers, all in one process, each checked before it is timed, and prints a Markdown table for every
/// number of threads.
/// </summary>
internal static class TableCommand
{
    /// <summary>Runs the workloads whose names contain <paramref name="only"/>.</summary>
    /// <param name="only">A part of a name, or an empty string for all.</param>
    /// <param name="json">Where every figure goes as JSON, or null.</param>
    public static void Run(string only, string? json)
    {
        Workload[] workloads = [.. WorkloadList.All.Where(workload => workload.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        Peer[] peers = [.. Peer.All.Where(peer => peer.IsPresent)];
        string runtime = $".NET {Environment.Version}, {(RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "Native AOT")}";
        Console.WriteLine($"{VectorWidth.Machine}; {runtime}");
        foreach (Peer peer in peers)
        {
            Console.WriteLine($"{peer.Name}: {peer.Description}.");
        }

        foreach (string handicap in OpenBlas.Handicaps)
        {
            Console.WriteLine($"{handicap}, or its ratios are worth nothing.");
        }

        var ceilings = new List<Ceiling>();
        var figures = new List<Figure>();
        foreach (int threads in ThreadCount.InTable)
        {
            Ceiling ceiling = Ceiling.Measure(threads);
            ceilings.Add(ceiling);
            TableText.WriteHead(ceiling, peers);
            foreach (Workload workload in workloads)
            {
                TableRow row = TableRow.Time(workload, peers, ceiling);
                figures.AddRange(row.Figures);
                Console.WriteLine(TableText.Row(row, peers));
            }
        }

        if (json is not null)
        {
            new Figures(VectorWidth.Machine, runtime, ceilings, figures).Write(json);
        }
    }
}
