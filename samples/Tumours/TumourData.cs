using CompiledDnn;

namespace Samples;

/// <summary>569 tumours, 30 measurements each; <c>data/README.md</c> says what they are and where they come from.</summary>
internal static class TumourData
{
    /// <summary>The names of the classes 0 and 1.</summary>
    public static readonly string[] Classes = ["malignant", "benign"];

    // Always the same fifth, whatever the seed of the training: results of several seeds can be compared.
    private const double TestShare = 0.2;
    private const int SplitSeed = 0;

    /// <summary>Reads the measurements as they are, and parts them at random: four fifths to train with, one to test with.</summary>
    public static (Dataset<float> Train, Dataset<float> Test) Load()
    {
        (float[] measurements, int[] labels) = EmbeddedCsv.Read("breast_cancer.csv", TumourClassifier.InputSize, hasHeader: true);
        float[] isBenign = [.. labels.Select(label => (float)label)];   // one sigmoid output, so the target is the number 0 or 1
        return Dataset.FromRows(measurements, TumourClassifier.InputSize, isBenign, TumourClassifier.TargetSize).Split(TestShare, SplitSeed);
    }
}
