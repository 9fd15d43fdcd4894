using System.Globalization;
using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>Compares what is timed with plain loops in double, before it is timed.</summary>
internal static class Comparison
{
    // Batches of the largest predictions take a plain loop minutes; some of their examples show as much.
    private const int ExamplesCompared = 9;

    /// <summary>The learning rate of the step that is compared: the weights must move by far more than they are rounded by.</summary>
    public static double Rate(WorkloadKind kind) => kind == WorkloadKind.Adam ? 1e-3 : 0.1;

    /// <summary>The plain network after one step on the batch whose turn it is.</summary>
    public static PlainNetwork Stepped<T>(PlainNetwork plain, RandomBatches<T> data, WorkloadKind kind, double rate, bool labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlainNetwork stepped = plain.Clone();
        IEnumerable<int> rows = Enumerable.Range(0, data.Batch);
        stepped.Step([.. rows.Select(data.Example)], [.. rows.Select(row => data.Target(row, labels))], rate, kind == WorkloadKind.Adam);
        return stepped;
    }

    /// <summary>Compares predictions, example for example.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Predictions<T>(string name, PlainNetwork plain, RandomBatches<T> data, double[] outputs, bool isDouble)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = outputs.Length / data.Batch;
        int compared = Math.Min(data.Batch, ExamplesCompared);
        double tolerance = isDouble ? 1e-12 : 2e-5;
        for (int i = 0; i < compared; i++)
        {
            int row = compared == 1 ? 0 : i * (data.Batch - 1) / (compared - 1);
            double[] expected = plain.Predict(data.Example(row));
            for (int j = 0; j < n; j++)
            {
                double found = outputs[(row * n) + j];
                if (!(Math.Abs(found - expected[j]) <= tolerance * Math.Max(1, Math.Abs(expected[j]))))
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture, $"{name}: output {j} of example {row} is {found}, plain loops give {expected[j]}."));
                }
            }
        }
    }

    /// <summary>Compares the weights after one step.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Step(string name, PlainNetwork before, PlainNetwork expected, PlainNetwork found, bool isDouble)
    {
        double difference = expected.Difference(found, before);
        if (!(difference <= (isDouble ? 1e-8 : 5e-3)))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: the weights after one step differ from plain loops by {difference:E1} of the way they went."));
        }
    }
}
