using CompiledDnn;

namespace Samples;

/// <summary>
/// What a tumour's largest cell nuclei measure, from the averages over all of them: ten features in, one number out. The larger the
/// nuclei, the more the largest differ from the average, so a prediction without its uncertainty would say too little.
/// </summary>
internal static class AreaData
{
    private const int Measurements = 30;
    private const int WorstArea = 23;   // ten means, ten errors, ten worst values; the area is the fourth of each
    private const float Unit = 1000;    // pixels² in the unit of the target
    private const double TestShare = 0.2;
    private const int SplitSeed = 0;

    /// <summary>Reads the tumours and parts them at random: four fifths to train with, one to test with.</summary>
    public static (Dataset<float> Train, Dataset<float> Test) Load()
    {
        (float[] cells, int[] labels) = EmbeddedCsv.Read("breast_cancer.csv", Measurements, hasHeader: true);
        float[] means = [.. Enumerable.Range(0, labels.Length).SelectMany(i => cells.Skip(i * Measurements).Take(AreaPredictor.InputSize))];
        float[] areas = [.. Enumerable.Range(0, labels.Length).Select(i => cells[(i * Measurements) + WorstArea] / Unit)];
        return Dataset.FromRows(means, AreaPredictor.InputSize, areas, AreaPredictor.TargetSize).Split(TestShare, SplitSeed);
    }
}
