using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace CompiledDnn.Benchmarks;

/// <summary>Times every workload beside its peers and prints a Markdown table, one row a workload, all in one process on one thread.</summary>
internal static class TableCommand
{
    /// <summary>Runs the workloads whose names contain <paramref name="only"/>.</summary>
    /// <param name="only">A part of a name, or an empty string for all.</param>
    /// <param name="json">Where every figure goes as JSON, or null.</param>
    public static void Run(string only, string? json)
    {
        double peak = Ceiling.OperationsPerSecond<float>();
        double peakDouble = Ceiling.OperationsPerSecond<double>();
        Console.WriteLine(Line($"{Machine()}; peak of one core {peak / 1e9:F0} GFLOP/s in float, {peakDouble / 1e9:F0} in double; .NET {Environment.Version}"));
        Console.WriteLine(OpenBlas.IsPresent ? $"Peer: a step with OpenBLAS ({OpenBlas.Core} kernels), the better of both layouts of W1." : "OpenBLAS is not installed: no peer.");
        foreach (string pin in OpenBlas.Pins)
        {
            Console.WriteLine($"{pin} is set and pins OpenBLAS to other kernels: unset it before the start, or the ratios are worth nothing.");
        }

        Console.WriteLine();
        Console.WriteLine("| | workload | median | GFLOP/s | of peak | OpenBLAS | ratio |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        var figures = new List<Figure>();
        foreach (Workload workload in WorkloadList.All.Where(workload => workload.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            Timing own = Timing.Of(workload.Start());
            Timing? peer = OpenBlasPeer.Time(workload);
            double ceiling = workload.IsDouble ? peakDouble : peak;
            Console.WriteLine(Row(workload, own, peer, ceiling));
            figures.Add(new Figure(workload, "CompiledDnn", own, ceiling));
            if (peer is { } timing)
            {
                figures.Add(new Figure(workload, "OpenBLAS", timing, ceiling));
            }
        }

        if (json is not null)
        {
            WriteJson(json, figures);
        }
    }

    private static string Row(Workload workload, Timing own, Timing? peer, double ceiling)
    {
        double rate = workload.Operations / own.Median;
        string other = peer is { } timing ? Line($"{Time(timing.Median)} | {own.Median / timing.Median:F2}") : " | ";
        return Line($"| {workload.Name} | {workload.Description} | {Time(own.Median)} | {rate / 1e9:F1} | {100 * rate / ceiling:F0} % | {other} |");
    }

    private static string Time(double seconds) => seconds < 1e-6
        ? Line($"{seconds * 1e9:F0} ns")
        : seconds < 1e-3 ? Line($"{seconds * 1e6:F2} µs") : Line($"{seconds * 1e3:F2} ms");

    private static string Machine()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{RuntimeInformation.ProcessArchitecture}, {bits}-bit vectors, {Environment.ProcessorCount} processors";
    }

    private static void WriteJson(string path, IEnumerable<Figure> figures)
    {
        using FileStream stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (Figure figure in figures)
        {
            double rate = figure.Workload.Operations / figure.Timing.Median;
            writer.WriteStartObject();
            writer.WriteString("workload", figure.Workload.Name);
            writer.WriteNumber("threads", 1);
            writer.WriteString("peer", figure.Peer);
            writer.WriteNumber("median_us", figure.Timing.Median * 1e6);
            writer.WriteNumber("p99_us", figure.Timing.Percentile99 * 1e6);
            writer.WriteNumber("gflops", rate / 1e9);
            writer.WriteNumber("percent_of_peak", 100 * rate / figure.Ceiling);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Figure(Workload Workload, string Peer, Timing Timing, double Ceiling);
}
