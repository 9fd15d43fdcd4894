using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>Epochs as comma-separated values, by RFC 4180 but for line ends of one character.</summary>
internal static class HistoryCsv
{
    private const string Accuracy = "accuracy";
    private const string Validation = "validation_";

    private static readonly string[] First = ["epoch", "step", "examples", "rate", "cost", Accuracy];
    private static readonly string[] Middle = [$"{Validation}cost", $"{Validation}{Accuracy}"];
    private static readonly string[] Last = ["seconds"];

    /// <summary>True if a metric of that name would share a column with something else.</summary>
    /// <param name="name">The name.</param>
    /// <param name="metrics">The names of all metrics.</param>
    public static bool IsTaken(string name, IEnumerable<string> metrics) =>
        name != Accuracy && (First.Contains(name) || Middle.Contains(name) || Last.Contains(name) || metrics.Any(other => name == Validation + other));

    /// <summary>A line of names, then a line for each epoch.</summary>
    /// <param name="epochs">The epochs.</param>
    public static string Write(IReadOnlyList<EpochRecord> epochs)
    {
        // Metrics in the order in which the epochs bring them up.
        string[] metrics = Names(epochs, static epoch => epoch.Metrics);
        string[] validation = Names(epochs, static epoch => epoch.ValidationMetrics);
        var text = new StringBuilder();
        AppendLine(
            text,
            [.. First, .. metrics, .. Middle, .. validation.Select(static name => Validation + name), .. Last]);
        foreach (EpochRecord epoch in epochs)
        {
            AppendLine(
                text,
                [
                    Number(epoch.Epoch), Number(epoch.Step), Number(epoch.Examples), Number(epoch.Rate), Number(epoch.Cost),
                    Number(epoch.Accuracy ?? Find(epoch.Metrics, Accuracy)),
                    .. metrics.Select(name => Number(Find(epoch.Metrics, name))),
                    Number(epoch.ValidationCost),
                    Number(epoch.ValidationAccuracy ?? Find(epoch.ValidationMetrics, Accuracy)),
                    .. validation.Select(name => Number(Find(epoch.ValidationMetrics, name))),
                    Number(epoch.Seconds),
                ]);
        }

        return text.ToString();
    }

    // The accuracy has a column whether it was asked for or not, and only one.
    private static string[] Names(IReadOnlyList<EpochRecord> epochs, Func<EpochRecord, MetricValues> values) =>
        [.. epochs.SelectMany(epoch => values(epoch).Keys).Where(static name => name != Accuracy).Distinct()];

    private static double? Find(MetricValues values, string name) => values.TryGetValue(name, out double value) ? value : null;

    private static string Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static void AppendLine(StringBuilder text, string[] cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
