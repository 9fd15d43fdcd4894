using CompiledDnn;
using static System.FormattableString;

namespace Samples;

/// <summary>What the network makes of the test tumours.</summary>
internal static class TumourReport
{
    private const int Shown = 8;

    /// <summary>Prints the counts and the first few predictions.</summary>
    public static void Print(ConfusionMatrix confusion, TumourClassifier net, Dataset<float> test)
    {
        Console.WriteLine($"Of {confusion.Total} tumours never trained on, {confusion.Right} were told right (a row for each kind, a column for what was predicted):");
        Console.WriteLine(confusion);
        Console.WriteLine();
        for (int i = 0; i < Math.Min(Shown, test.Count); i++)
        {
            float benign = net.Predict(test.Row(i));
            int actual = (int)test.Target(i)[0];
            string verdict = benign > 0.5f == (actual == 1) ? "" : "   wrong";
            Console.WriteLine(Invariant($"tumour {i + 1}: benign with probability {benign:F4}, in truth {TumourData.Classes[actual]}{verdict}"));
        }
    }
}
