using System.Diagnostics;
using System.Globalization;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// What Fit's own loop costs: a step inside Fit beside one in a bare loop of DescendStep over the same batches; in order, and shuffled, where
/// the bare loop copies its batches together, too. What Fit does once, such as looking at all the data, is part of it.
/// </summary>
internal static class FitCommand
{
    private const int Batches = 64;
    private const int Rounds = 9;
    private const double SecondsARound = 0.5;
    private const float Rate = 1e-3f;

    public static void Run()
    {
        Console.WriteLine("One thread trains; another may prepare batches.");
        Console.WriteLine("| step | bare loop, in order | in Fit | more | bare loop, shuffled | in Fit | more |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
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
        var times = new List<double>[4];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = [];
        }

        // In turns, so that what the machine does meanwhile falls on all; the first round is for the compiler.
        for (int round = 0; round <= Rounds; round++)
        {
            times[0].Add(Bare(create, data, batch, epochs));
            times[1].Add(Fit(create, data, batch, epochs, shuffle: false));
            times[2].Add(BareShuffled(create, data, batch, epochs));
            times[3].Add(Fit(create, data, batch, epochs, shuffle: true));
        }

        Console.WriteLine($"| {name} | {Pair(Median(times[0]), Median(times[1]))} | {Pair(Median(times[2]), Median(times[3]))} |");
    }

    private static double Bare(Func<INetwork<float>> create, Dataset<float> data, int batch, int epochs)
    {
        INetwork<float> net = create();
        net.MaxDegreeOfParallelism = 1;
        NetworkWorkspace<float> state = net.CreateWorkspace(batch);
        long began = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int step = 0; step < Batches; step++)
            {
                Step(net, data, step, batch, state);
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds / epochs / Batches;
    }

    // What somebody would write who wants another order in every epoch.
    private static double BareShuffled(Func<INetwork<float>> create, Dataset<float> data, int batch, int epochs)
    {
        INetwork<float> net = create();
        net.MaxDegreeOfParallelism = 1;
        NetworkWorkspace<float> state = net.CreateWorkspace(batch);
        var random = new Random(1);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        float[] x = new float[batch * data.InputSize];
        float[] y = new float[batch * data.TargetSize];
        int[] labels = new int[data.HasLabels ? batch : 0];
        Dataset<float> gathered = data.HasLabels
            ? Dataset.FromLabels(x, data.InputSize, labels)
            : Dataset.FromRows(x, data.InputSize, y, data.TargetSize);
        long began = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            for (int step = 0; step < Batches; step++)
            {
                ReadOnlySpan<int> rows = order.AsSpan(step * batch, batch);
                for (int i = 0; i < rows.Length; i++)
                {
                    data.X.Span.Slice(rows[i] * data.InputSize, data.InputSize).CopyTo(x.AsSpan(i * data.InputSize));
                    data.Y.Span.Slice(rows[i] * data.TargetSize, data.TargetSize).CopyTo(y.AsSpan(i * data.TargetSize));
                    if (data.HasLabels)
                    {
                        labels[i] = data.Labels.Span[rows[i]];
                    }
                }

                Step(net, gathered, 0, batch, state);
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds / epochs / Batches;
    }

    private static void Step(INetwork<float> net, Dataset<float> data, int step, int batch, NetworkWorkspace<float> state)
    {
        int inputs = batch * data.InputSize;
        int targets = batch * data.TargetSize;
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

    private static string Pair(double loop, double fit) => string.Create(
        CultureInfo.InvariantCulture, $"{Text.Duration(loop)} | {Text.Duration(fit)} | {(fit - loop) * 1e9:F0} ns, {100 * ((fit / loop) - 1):F1} %");
}
