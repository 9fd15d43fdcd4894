using System.Text.Json;
using System.Text.Json.Serialization;

namespace CompiledDnn.Benchmarks;

/// <summary>One number of the table: what did which workload on how many threads in what time.</summary>
internal sealed record Figure(
    string Workload,
    int Threads,
    string Peer,
    [property: JsonPropertyName("median_us")] double MedianMicroseconds,
    [property: JsonPropertyName("p99_us")] double Percentile99Microseconds,
    [property: JsonPropertyName("gflops")] double GigaflopsPerSecond,
    [property: JsonPropertyName("peak_gflops")] double PeakGigaflopsPerSecond,
    double PercentOfPeak,
    double? PercentOfReadRate)
{
    /// <summary>The name that stands for this project beside its peers.</summary>
    public const string Own = "CompiledDnn";

    /// <summary>A workload's time as a figure.</summary>
    public static Figure Of(Workload workload, string peer, Timing timing, Ceiling ceiling)
    {
        double rate = workload.Operations / timing.Median, peak = ceiling.Operations(workload);
        double? reads = ceiling.Reads(workload) is { } limit ? 100 * workload.BytesRead / timing.Median / limit.Rate : null;
        return new Figure(
            workload.Name, ceiling.Threads, peer, timing.Median * 1e6, timing.Percentile99 * 1e6, rate / 1e9, peak / 1e9, 100 * rate / peak, reads);
    }
}

/// <summary>Everything that a run found out.</summary>
internal sealed record Figures(string Machine, string Runtime, IReadOnlyList<Ceiling> Ceilings, IReadOnlyList<Figure> Rows)
{
    /// <summary>Writes all of it as JSON.</summary>
    public void Write(string path)
    {
        using FileStream stream = File.Create(path);
        JsonSerializer.Serialize(stream, this, FiguresContext.Default.Figures);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Figures))]
internal sealed partial class FiguresContext : JsonSerializerContext;
