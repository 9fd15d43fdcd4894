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
        var head = new StringBuilder("| | workload | median | GFLOP/s | of peak |");
        var line = new StringBuilder("|---|---|---:|---:|---:|");
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
    /// <param name="workload">The workload.</param>
    /// <param name="figures">Its own figure, if there is one, and those of its peers.</param>
    /// <param name="peers">The peers of the table.</param>
    /// <param name="ceiling">What the machine can do.</param>
    /// <param name="single">Its own figure with one thread.</param>
    public static string Row(Workload workload, List<Figure> figures, Peer[] peers, Ceiling ceiling, Figure? single)
    {
        Figure? own = figures.Find(figure => figure.Peer == Figure.Own);
        var row = new StringBuilder($"| {workload.Name} | {workload.Description} |");
        row.Append(own is null ? " | | |" : Line($" {Time(own)} | {own.GigaflopsPerSecond:F1} | {Share(own, workload, ceiling)} |"));
        if (ceiling.Threads > 1)
        {
            row.Append(own is null || single is null ? " |" : Line($" {single.MedianMicroseconds / own.MedianMicroseconds:F2} |"));
        }

        foreach (Peer peer in peers)
        {
            Figure? other = figures.Find(figure => figure.Peer == peer.Name);
            row.Append(other is null ? " |" : $" {Time(other)} |");
            row.Append(other is null || own is null ? " |" : Line($" {own.MedianMicroseconds / other.MedianMicroseconds:F2} |"));
        }

        return row.ToString();
    }

    private static string Share(Figure figure, Workload workload, Ceiling ceiling)
    {
        string peak = Line($"{figure.PercentOfPeak:F0} %");
        return ceiling.Reads(workload) is { } limit ? Line($"{peak}, {figure.PercentOfReadRate:F0} % of {limit.Cache}") : peak;
    }

    private static string Time(Figure figure) => Duration(figure.MedianMicroseconds / 1e6);
}
