using System.Globalization;
using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>A step of [10, w, w, 10], batch 128, for every width: none may be much slower for each operation than its neighbour 8 wider.</summary>
internal static class SweepCommand
{
    private const int Batch = 128;
    private const int Neighbour = 8;
    private const double Tolerance = 1.15;
    private const double Seconds = 0.25;

    /// <summary>Prints a row for every width, and flags those that are too slow.</summary>
    /// <param name="range">The first and the last width, or nothing for all.</param>
    public static void Run(IReadOnlyList<string> range)
    {
        (int first, int last) = range.Count == 2
            ? (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture))
            : (WidthNetworks.First, WidthNetworks.Last);
        if (first < WidthNetworks.First || last > WidthNetworks.Last || first > last)
        {
            throw new ArgumentException($"The widths are {WidthNetworks.First} to {WidthNetworks.Last}.");
        }

        double peak = Ceiling.Measure(1).Float;
        Workload[] workloads = [.. Enumerable.Range(first, last - first + 1).Select(Step)];
        Array.ForEach(workloads, workload => workload.Check(threads: 1));
        Timing[] timings = Timing.InTurns([.. workloads.Select(workload => new TimedCall(workload.Start(threads: 1)))], Seconds);
        Dictionary<int, double> perOperation = workloads.Zip(timings).ToDictionary(
            pair => pair.First.Sizes[1], pair => pair.Second.Median / pair.First.Operations);

        Console.WriteLine("| w | ps for an operation | of peak | to 8 wider | |");
        Console.WriteLine("|---:|---:|---:|---:|---|");
        foreach ((int width, double time) in perOperation)
        {
            double? ratio = perOperation.TryGetValue(width + Neighbour, out double wider) ? time / wider : null;
            string mark = ratio > Tolerance ? "slow" : string.Empty;
            Console.WriteLine(Line($"| {width} | {time * 1e12:F2} | {100 / time / peak:F0} % | {ratio:F2} | {mark} |"));
        }
    }

    private static Workload Step(int width) =>
        WorkloadList.Descend($"w {width}", string.Empty, [10, width, width, 10], Batch, 16, () => WidthNetworks.Create(width), 1e-3);
}
