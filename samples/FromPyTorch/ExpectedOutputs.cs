using System.Globalization;
using System.Reflection;
using CompiledDnn;

namespace Samples;

/// <summary>What PyTorch gives for some tumours, and how far a network is from it.</summary>
internal static class ExpectedOutputs
{
    /// <summary>The most that an output may differ: some roundings of single precision.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Reads standardised measurements, one tumour after the other, and PyTorch's output for each.</summary>
    /// <param name="inputSize">Numbers of a tumour.</param>
    public static (float[] X, float[] Outputs) Load(int inputSize)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("expected.csv")
            ?? throw new InvalidOperationException("This executable was built without data/expected.csv.");
        using var reader = new StreamReader(file);
        List<float> x = [];
        List<float> outputs = [];
        while (reader.ReadLine() is { } line)
        {
            float[] numbers = [.. line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
            if (numbers.Length != inputSize + 1)
            {
                throw new InvalidDataException($"expected.csv: expected {inputSize} inputs and an output in line {outputs.Count + 1}, but it has {numbers.Length} numbers.");
            }

            x.AddRange(numbers.AsSpan(0, inputSize));
            outputs.Add(numbers[inputSize]);
        }

        return ([.. x], [.. outputs]);
    }

    /// <summary>Predicts all tumours, prints a few beside PyTorch's outputs, and says by how much they differ at most.</summary>
    /// <param name="title">Where the network is from.</param>
    /// <param name="network">The network.</param>
    /// <param name="x">The tumours.</param>
    /// <param name="expected">PyTorch's outputs.</param>
    public static double LargestDifference(string title, INetwork<float> network, float[] x, float[] expected)
    {
        const int Shown = 5;
        var outputs = new float[expected.Length];
        network.Predict(x, outputs);
        Console.WriteLine();
        Console.WriteLine($"{title,-20}PyTorch");
        for (int i = 0; i < Shown; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outputs[i],-20:F8}{expected[i]:F8}"));
        }

        // Max gives NaN if one of them is none.
        double largest = outputs.Zip(expected, static (output, other) => Math.Abs((double)output - other)).Aggregate(0.0, Math.Max);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest difference of {expected.Length}: {largest:0.0E+0}"));
        return largest;
    }
}
