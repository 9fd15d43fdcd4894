using System.Globalization;
using System.Text;

namespace Samples;

/// <summary>Counts which class was taken for which.</summary>
/// <param name="names">The names of the classes.</param>
internal sealed class ConfusionMatrix(params string[] names)
{
    private readonly int[,] _counts = new int[names.Length, names.Length];

    /// <summary>The examples counted.</summary>
    public int Total { get; private set; }

    /// <summary>The examples that were predicted right.</summary>
    public int Right => Enumerable.Range(0, names.Length).Sum(c => _counts[c, c]);

    /// <summary>The share that was predicted right.</summary>
    public double Accuracy => (double)Right / Total;

    /// <summary>How many examples of one class were predicted to be of another, or of the same.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Counts an example.</summary>
    /// <param name="actual">The class that it is of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    public void Add(int actual, int predicted)
    {
        _counts[actual, predicted]++;
        Total++;
    }

    /// <summary>The counts as a table: a row for each class, a column for each prediction.</summary>
    public override string ToString()
    {
        int first = names.Max(name => name.Length);
        int width = Math.Max(first, Total.ToString(CultureInfo.InvariantCulture).Length) + 1;
        var text = new StringBuilder().Append(' ', first);
        foreach (string name in names)
        {
            text.Append(name.PadLeft(width));
        }

        for (int actual = 0; actual < names.Length; actual++)
        {
            text.AppendLine().Append(names[actual].PadRight(first));
            for (int predicted = 0; predicted < names.Length; predicted++)
            {
                int count = _counts[actual, predicted];
                text.Append((count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture)).PadLeft(width));
            }
        }

        return text.ToString();
    }
}
