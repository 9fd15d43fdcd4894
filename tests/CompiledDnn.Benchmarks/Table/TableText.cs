using System.Text;
using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>The table's words: Markdown that can be read as it is.</summary>
internal static class TableText
{
    /// <summary>Prints what the machine can do with so many threads, and the table's head.</summary>
    public static void WriteHead(Ceiling ceiling, Peer[] peers)
    {
        bool several = ceiling.Threads > 1;
        Console.WriteLine();
        Console.WriteLine(Line(
            $"{(several ? $"{ceiling.Threads} threads" : "One thread")}: peak {ceiling.Float / 1e9:F0} GFLOP/s in float, {ceiling.Double / 1e9:F0} in double; reads {ceiling.L2 / 1e9:F0} GB/s from 512 kB (L2), {ceiling.L3 / 1e9:F0} GB/s from 8 MB (L3)."));
        Console.WriteLine();
        var head = new StringBuilder("| | workload | median | GFLOP/s | of peak | peak |");
        var line = new StringBuilder("|---|---|---:|---:|---:|---:|");
        if (several)
        {
            head.Append(" × one thread |");
            line.Append("---:|");
        }

        foreach (Peer peer in peers)
        {
            head.Append(" ").Append(peer.Name).Append(" | ratio |");
            line.Append("---:|---:|");
        }

        Console.WriteLine(head);
        Console.WriteLine(line);
    }

    /// <summary>One workload's row.</summary>
    /// <param name="row">What was timed.</param>
    /// <param name="peers">The peers of the table.</param>
    public static string Row(TableRow row, Peer[] peers)
    {
        Figure own = row.Figures[0];
        var line = new StringBuilder(
            Line($"| {row.Workload.Name} | {row.Workload.Description} | {Time(own)} | {own.GigaflopsPerSecond:F1} | {Share(own, row)} | {own.PeakGigaflopsPerSecond:F0} |"));
        if (row.Speedup is { } speedup)
        {
            line.Append(Line($" {speedup:F2} |"));
        }

        foreach (Peer peer in peers)
        {
            Figure? other = row.Figures.FirstOrDefault(figure => figure.Peer == peer.Name);
            line.Append(other is null ? " | |" : Line($" {Time(other)} | {own.MedianMicroseconds / other.MedianMicroseconds:F2} |"));
        }

        return line.ToString();
    }

    private static string Share(Figure figure, TableRow row)
    {
        string peak = Line($"{figure.PercentOfPeak:F0} %");
        return row.Ceiling.Reads(row.Workload) is { } limit ? Line($"{peak}, {figure.PercentOfReadRate:F0} % of {(limit.IsNear ? "L2" : "L3")}") : peak;
    }

    private static string Time(Figure figure) => Duration(figure.MedianMicroseconds / 1e6);
}
