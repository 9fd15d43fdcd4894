using System.Diagnostics;
using System.Runtime.InteropServices;
using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// How good small networks get and how long that takes: the rows of a table that <c>quality.py</c> continues with scikit-learn's and PyTorch's.
/// </summary>
internal static class QualityCommand
{
    private const int Seeds = 5;

    public static void Run()
    {
        Console.WriteLine($"{VectorWidth.Machine}; {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine();
        Console.WriteLine("| data | with | test loss | test accuracy | seconds |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        Print("digits", "digits.csv.gz", hasHeader: false, seed => new DigitQuality(seed, Initializer.GlorotUniform), epochs: 50);
        Print("breast cancer", "breast_cancer.csv", hasHeader: true, seed => new TumourQuality(seed, Initializer.GlorotUniform), epochs: 100);
        Print("iris", "iris.csv", hasHeader: true, seed => new IrisQuality(seed, Initializer.GlorotUniform), epochs: 100);
    }

    private static void Print(string name, string file, bool hasHeader, Func<int, INetwork<float>> create, int epochs)
    {
        (Dataset<float> train, Dataset<float> test) = QualityData.Load(file, create(1).Shape, hasHeader);
        double[] losses = new double[Seeds], accuracies = new double[Seeds], seconds = new double[Seeds];
        for (int i = 0; i < Seeds; i++)
        {
            int seed = i + 1;
            INetwork<float> net = create(seed);
            net.MaxDegreeOfParallelism = 1;
            long began = Stopwatch.GetTimestamp();
            net.Fit(train, new() { Epochs = epochs, BatchSize = 32, Optimizer = Optimizer.Adam(1e-3), Seed = seed });
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Evaluation result = net.Evaluate(test);
            (losses[i], accuracies[i]) = (result.Cost, result.Accuracy!.Value);
        }

        // The first run has the compiler's time in it, the median has not.
        Console.WriteLine(Line($"| {name} | CompiledDnn | {Spread(losses)} | {Spread(accuracies)} | {seconds.Order().ElementAt(Seeds / 2):F3} |"));
    }

    private static string Spread(double[] values)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return Line($"{mean:F4} ± {deviation:F4}");
    }
}
