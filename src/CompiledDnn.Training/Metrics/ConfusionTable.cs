using System.Text;

namespace CompiledDnn;

/// <summary>A confusion matrix as text.</summary>
internal static class ConfusionTable
{
    /// <summary>What stands in the column of the examples for which nothing was predicted.</summary>
    private const string UndecidedHeader = "NaN";

    /// <summary>A row for each class, a column for each prediction, names to the left and above.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="cell">The text of a count, by actual and predicted class.</param>
    public static string Of(ConfusionMatrix matrix, Func<ConfusionMatrix, int, int, string> cell)
    {
        IReadOnlyList<string> names = matrix.ClassNames;
        int[] classes = [.. Enumerable.Range(0, names.Count)];
        string[][] rows = [.. classes.Select(actual => classes.Select(predicted => cell(matrix, actual, predicted)).ToArray())];
        string[] header = [.. names];
        if (classes.Any(c => matrix.Undecided(c) != 0))
        {
            header = [.. header, UndecidedHeader];
            rows = [.. rows.Select((row, actual) => (string[])[.. row, ConfusionMatrix.Number(matrix.Undecided(actual))])];
        }

        int first = names.Max(static name => name.Length);
        int width = 1 + header.Concat(rows.SelectMany(static row => row)).Max(static text => text.Length);
        var text = new StringBuilder().Append(' ', first);
        Append(text, header, width);
        foreach (int actual in classes)
        {
            text.AppendLine().Append(names[actual].PadRight(first));
            Append(text, rows[actual], width);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells, int width)
    {
        foreach (string cell in cells)
        {
            text.Append(cell.PadLeft(width));
        }
    }
}
