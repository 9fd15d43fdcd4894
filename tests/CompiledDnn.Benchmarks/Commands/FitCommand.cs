using System.Diagnostics;
using System.Globalization;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// What Fit's own loop costs: a step inside Fit beside one in a bare loop of DescendStep over the same batches. What Fit does once, such as
/// looking at all the data, is part of it.
/// </summary>
internal static class FitCommand
{
    private const int Batches = 64;
    private const int Rounds = 9;
    private const double SecondsARound = 0.2;
    private const float Rate = 1e-3f;

    public static void Run()
    {
        Console.WriteLine("One thread trains; another may prepare batches.");
        Console.WriteLine("| step | bare loop | in Fit, in order | more | in Fit, shuffled | more |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        Print("T2 b32", () => new Mnist(1), 32);
        Print("T2 b128", () => new Mnist(1), 128);
        Print("T3 2-16-16-1 b4", () => new Tiny(1), 4);
        Print("T3 2-16-16-1 b32", () => new Tiny(1), 32);
        Print("T3 30-16-8-1 b32", () => new Tumour(1), 32);
        Print("T3 64-32-10 b64", () => new Digit(1), 64);
    }

    private static void Print(string name, Func<INetwork<float>> create, int batch)
    {
        Dataset<float> data = Data(create().Shape, batch);
        double guess = Math.Min(Bare(create, data, batch, 4), Bare(create, data, batch, 4));
        int epochs = Math.Max(2, (int)(SecondsARound / (guess * Batches)));
        var bare = new List<double>();
        var ordered = new List<double>();
        var shuffled = new List<double>();

        // In turns, so that what the machine does meanwhile falls on all three; the first round is for the compiler.
        for (int round = 0; round <= Rounds; round++)
        {
            bare.Add(Bare(create, data, batch, epochs));
            ordered.Add(Fit(create, data, batch, epochs, shuffle: false));
            shuffled.Add(Fit(create, data, batch, epochs, shuffle: true));
        }

        double loop = Median(bare), inOrder = Median(ordered), inAnyOrder = Median(shuffled);
        Console.WriteLine($"| {name} | {Text.Duration(loop)} | {Text.Duration(inOrder)} | {More(inOrder, loop)} | {Text.Duration(inAnyOrder)} | {More(inAnyOrder, loop)} |");
    }

    private static double Bare(Func<INetwork<float>> create, Dataset<float> data, int batch, int epochs)
    {
        INetwork<float> net = create();
        net.MaxDegreeOfParallelism = 1;
        NetworkWorkspace<float> state = net.CreateWorkspace(batch);
        int inputs = batch * data.InputSize;
        int targets = batch * data.TargetSize;
        long began = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int step = 0; step < Batches; step++)
            {
                ReadOnlySpan<float> x = data.X.Span.Slice(step * inputs, inputs);
                if (data.HasLabels)
                {
                    net.DescendStep(x, data.Labels.Span.Slice(step * batch, batch), state, Rate);
                }
                else
                {
                    net.DescendStep(x, data.Y.Span.Slice(step * targets, targets), state, Rate);
                }
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds / epochs / Batches;
    }

    private static double Fit(Func<INetwork<float>> create, Dataset<float> data, int batch, int epochs, bool shuffle)
    {
        INetwork<float> net = create();
        net.MaxDegreeOfParallelism = 1;
        var options = new TrainingOptions<float> { Epochs = epochs, BatchSize = batch, Optimizer = Optimizer.GradientDescent(Rate), Shuffle = shuffle };
        long began = Stopwatch.GetTimestamp();
        net.Fit(data, options);
        return Stopwatch.GetElapsedTime(began).TotalSeconds / epochs / Batches;
    }

    private static Dataset<float> Data(NetworkShape shape, int batch)
    {
        var random = new Random(1);
        int count = batch * Batches;
        float[] x = [.. Enumerable.Range(0, count * shape.InputSize).Select(_ => random.NextSingle())];
        return shape.Task == NetworkTask.Classification
            ? Dataset.FromLabels(x, shape.InputSize, [.. Enumerable.Range(0, count).Select(_ => random.Next(shape.OutputSize))])
            : Dataset.FromRows(x, shape.InputSize, [.. Enumerable.Range(0, count * shape.TargetSize).Select(_ => (float)random.Next(2))], shape.TargetSize);
    }

    private static double Median(List<double> rounds) => rounds.Skip(1).Order().ElementAt(Rounds / 2);

    private static string More(double time, double loop) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time - loop) * 1e9:F0} ns, {100 * ((time / loop) - 1):F1} %");
}
