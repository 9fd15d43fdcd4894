using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>Steps and predictions of odd shapes and batches beside the workload of the table that is nearest: none may reach less than half of its share of the peak.</summary>
internal static class ShapesCommand
{
    private const double Seconds = 0.25;
    private const string WidePrediction = "I2 1024-1024-1024-10";

    private static readonly int[] s_digits = [64, 32, 10];
    private static readonly int[] s_mnist = [784, 128, 64, 10];

    private static readonly (string Nearest, Workload Workload)[] s_shapes =
    [
        ("T3 2-16-16-1 b32", Step([7, 7, 7, 1], 32, () => new Seven())),
        ("T3 30-16-8-1 b32", Step([13, 33, 7, 3], 32, () => new Odd())),
        ("T3 64-32-10 b64", Step([33, 100, 33, 10], 64, () => new Middle())),
        ("T2 b128", Step([257, 257, 100, 10], 128, () => new BeyondEdge())),
        ("T2 b32", Step([100, 257, 13], 32, () => new Waist())),
        ("T3 2-16-16-1 b32", Step([3, 1000], 32, () => new Fan())),
        ("T3 2-16-16-1 b32", Step([5, 300, 1], 32, () => new Bulge())),
        ("T1", Step([784, 1, 10], 209, () => new OneHidden())),
        ("T3 64-32-10 b64", Step([64, 32, 32, 32, 32, 32, 32, 32, 32, 32, 10], 64, () => new Deep())),
        ("T3 2-16-16-1 b32", Step([12, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1], 32, () => new DeepNarrow())),
        .. new[] { 1, 2, 3, 7, 20, 100, 1000 }.Select(batch => ("T3 64-32-10 b64", Step(s_digits, batch, () => new Digit(1)))),
        ("T2 b128", Step([3072, 256, 128, 10], 1000, () => new SmallImage())),
        ("T2 b128", Step([4096, 512, 10], 256, () => new ManyInputs())),
        ("T2 b128", Step([2048, 2048, 10], 128, () => new Square())),
        ("T2 b128", Step([100, 4096, 512, 10], 128, () => new ManyHidden())),
        .. new[] { 32, 128 }.Select(batch => ("T2 b128", Step([784, 128, 32, 128, 784], batch, () => new Autoencoder()))),
        (WidePrediction, Predict([3072, 256, 128, 10], () => new SmallImage())),
        (WidePrediction, Predict([4096, 512, 10], () => new ManyInputs())),
        (WidePrediction, Predict([2048, 2048, 10], () => new Square())),
        (WidePrediction, Predict([100, 4096, 512, 10], () => new ManyHidden())),
        .. new[] { 1, 2, 3, 7, 20, 100, 1000, 4000 }.Select(batch => ("T2 b32", Step(s_mnist, batch, () => new Mnist(1)))),
    ];

    /// <summary>Prints a row for every shape, and flags those below half.</summary>
    public static void Run()
    {
        Ceiling ceiling = Ceiling.Measure(1);
        Workload[] listed = [.. s_shapes.Select(shape => shape.Nearest).Distinct().Select(name => WorkloadList.All.Single(workload => workload.Name == name))];
        Workload[] workloads = [.. listed, .. s_shapes.Select(shape => shape.Workload)];
        Array.ForEach(workloads, workload => workload.Check(threads: 1));
        Timing[] timings = Timing.InTurns([.. workloads.Select(workload => new TimedCall(workload.Start(threads: 1)))], Seconds);
        double[] shares = [.. workloads.Zip(timings, (workload, timing) => workload.Operations / timing.Median / ceiling.Float)];
        Dictionary<string, double> nearest = listed.Zip(shares).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        Console.WriteLine("| step or prediction | batch | of peak | reads alone | nearest workload | of peak | ratio | |");
        Console.WriteLine("|---|---:|---:|---:|---|---:|---:|---|");
        foreach (((string name, Workload workload), int row) in s_shapes.Select((shape, i) => (shape, listed.Length + i)))
        {
            double share = shares[row];
            double reads = ceiling.ReadSeconds(workload) / timings[row].Median;
            double ratio = share / nearest[name];
            string mark = ratio < 0.5 ? "slow" : string.Empty;
            Console.WriteLine(Line(
                $"| {workload.Name} | {workload.Batch} | {100 * share:F1} % | {100 * reads:F0} % | {name} | {100 * nearest[name]:F1} % | {ratio:F2} | {mark} |"));
        }
    }

    private static Workload Step(int[] sizes, int batch, Func<INetwork<float>> create) =>
        WorkloadList.Descend($"[{string.Join(',', sizes)}]", string.Empty, sizes, batch, Math.Max(1, 2048 / batch), create, 1e-3);

    private static Workload Predict(int[] sizes, Func<INetwork<float>> create) =>
        WorkloadList.Predict($"predict [{string.Join(',', sizes)}]", string.Empty, sizes, batch: 1000, batches: 2, create);
}
