using System.Numerics.Tensors;
using CompiledDnn;

namespace Samples;

/// <summary>1797 handwritten digits, 8 × 8 grey levels each; <c>data/README.md</c> says where they come from.</summary>
internal static class DigitData
{
    /// <summary>Pixels in a row of a picture, and rows.</summary>
    public const int Side = 8;

    /// <summary>The digits that training never sees.</summary>
    public const int TestCount = 360;

    // Always the same 360, whatever the seed of the training: results of several seeds can be compared.
    private const int SplitSeed = 0;

    /// <summary>Reads the digits and parts them: 1437 to train with, 360 to test with, dealt at random.</summary>
    public static (Dataset<float> Train, Dataset<float> Test) Load()
    {
        (float[] pixels, int[] labels) = EmbeddedCsv.Read("digits.csv.gz", Side * Side);
        TensorPrimitives.Divide(pixels, 16f, pixels);   // grey levels 0 ... 16 become 0 ... 1
        return Dataset.FromLabels(pixels, Side * Side, labels).Split(TestCount, SplitSeed);
    }
}
