using System.Globalization;
using System.IO.Compression;
using System.Reflection;

namespace Samples;

/// <summary>Reads a comma-separated file that is embedded in the executable: numbers, then one class label in each line.</summary>
internal static class EmbeddedCsv
{
    /// <summary>Reads all examples.</summary>
    /// <param name="name">The resource; one that ends in .gz is unpacked.</param>
    /// <param name="features">Numbers in a line before its label.</param>
    /// <param name="hasHeader">True if the first line is none of the examples.</param>
    /// <returns>The features, one example after the other as the library takes them, and a label for each.</returns>
    public static (float[] X, int[] Labels) Read(string name, int features, bool hasHeader = false)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This executable was built without its data: it has no resource '{name}'.");
        using Stream content = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        if (hasHeader)
        {
            reader.ReadLine();
        }

        List<float> x = [];
        List<int> labels = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            if (cells.Length != features + 1)
            {
                throw new InvalidDataException($"{name}: expected {features} numbers and a label in example {labels.Count}, but it has {cells.Length} cells.");
            }

            x.AddRange(cells.Take(features).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)));
            labels.Add(int.Parse(cells[features], CultureInfo.InvariantCulture));
        }

        return ([.. x], [.. labels]);
    }
}
