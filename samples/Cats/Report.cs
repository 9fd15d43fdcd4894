using System.Globalization;
using System.Numerics;

namespace Samples.Cats;

/// <summary>What the program prints: plain lines, readable in a terminal and in a file.</summary>
internal static class Report
{
    public static void Network(string summary, Options options)
    {
        Line(summary);
        string start = options.Initializer == Start.Course ? "normal / sqrt(n of the layer before)" : "normal * 0.01";
        Line($"Weights begin as NumPy's {start}, seed {options.Seed}; learning rate {options.LearningRate}.");
    }

    public static void Data(CatData data, string origin)
    {
        Line(origin);
        Line($"{data.Train.Count} to train on ({data.Train.CatCount} cats), {data.Test.Count} to test on ({data.Test.CatCount} cats).");
        Line("");
    }

    public static void Cost<T>(int iteration, T cost)
        where T : IBinaryFloatingPointIeee754<T> =>
        Line($"cost after iteration {iteration}: {cost:F16}");

    public static void Trained<T>(int iterations, T cost, TimeSpan time)
        where T : IBinaryFloatingPointIeee754<T> =>
        Line($"cost after all {iterations} iterations: {cost:F16} ({time.TotalSeconds:F1} s, {time.TotalMilliseconds / iterations:F1} ms an iteration)");

    public static void Accuracy(string set, double accuracy) => Line($"{set} accuracy: {accuracy:F4}");

    private static void Line(FormattableString text) => Line(text.ToString(CultureInfo.InvariantCulture));

    private static void Line(string text) => Console.Out.WriteLine(text);
}
