using Samples;

namespace CompiledDnn.Benchmarks;

/// <summary>Data sets parted and scaled by a rule that <c>quality.py</c> follows too.</summary>
internal static class QualityData
{
    // Every fifth example is one to test with, from the fifth on.
    private const int Every = 5;

    /// <summary>Reads a data set: inputs have mean 0 and standard deviation 1 over the training data.</summary>
    /// <param name="file">The embedded file.</param>
    /// <param name="shape">The network: with one output its targets are the numbers 0 and 1, with several they are class labels.</param>
    /// <param name="hasHeader">True if the file begins with a line of names.</param>
    public static (Dataset<float> Train, Dataset<float> Test) Load(string file, NetworkShape shape, bool hasHeader)
    {
        (float[] x, int[] labels) = EmbeddedCsv.Read(file, shape.InputSize, hasHeader);
        Dataset<float> train = Choose(i => i % Every != Every - 1);
        Scaler<float> scaler = new StandardScaler<float>().Fit(train);
        return (scaler.Transform(train), scaler.Transform(Choose(i => i % Every == Every - 1)));

        Dataset<float> Choose(Func<int, bool> isChosen)
        {
            int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(isChosen)];
            float[] rows = [.. chosen.SelectMany(i => x.Skip(i * shape.InputSize).Take(shape.InputSize))];
            return shape.OutputSize > 1
                ? Dataset.FromLabels(rows, shape.InputSize, [.. chosen.Select(i => labels[i])])
                : Dataset.FromRows(rows, shape.InputSize, [.. chosen.Select(i => (float)labels[i])], shape.TargetSize);
        }
    }
}
