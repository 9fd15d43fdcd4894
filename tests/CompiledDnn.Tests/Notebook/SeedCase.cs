using System.Text.Json;
using Xunit;

namespace CompiledDnn.Tests.Notebook;

/// <summary>One case of the notebook: its inputs, and the outputs still to be compared.</summary>
public sealed class SeedCase
{
    // Half a unit of the last digit that the notebook prints, and a little for that half itself.
    private const double PrintedTolerance = 5.000001e-9;

    private readonly JsonElement _case;
    private readonly HashSet<string> _open;

    private SeedCase(JsonElement element)
    {
        _case = element;
        _open = [.. element.GetProperty("expected").EnumerateObject().Select(output => output.Name)];
    }

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names => All().Select(element => element.GetProperty("name").GetString()!);

    /// <summary>The case with a name.</summary>
    public static SeedCase Read(string name) => new(All().Single(element => element.GetProperty("name").GetString() == name));

    /// <summary>A matrix that the case begins from.</summary>
    public GoldenMatrix Input(string name) => GoldenMatrix.Parse(_case.GetProperty("inputs").GetProperty(name).GetProperty("data"));

    /// <summary>A number that the case begins from.</summary>
    public double Argument(string name) => _case.GetProperty("arguments").GetProperty(name).GetDouble();

    /// <summary>Sets W and b of all layers from W1, b1 ..., or from W, b.</summary>
    public void SetParameters(ParameterBlock<double> parameters)
    {
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            string number = _case.GetProperty("inputs").TryGetProperty("W", out _) ? string.Empty : $"{layer.Index}";
            parameters.CopyWeightsFrom(layer.Index, Input("W" + number).Data);
            Input("b" + number).Data.CopyTo(parameters.B(layer.Index));
        }
    }

    /// <summary>Compares an output with the digits recorded, and with those printed where the notebook prints it.</summary>
    public void Compare(string output, GoldenMatrix actual)
    {
        GoldenMatrix expected = GoldenMatrix.Parse(_case.GetProperty("expected").GetProperty(output).GetProperty("data"));
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        for (int i = 0; i < expected.Data.Length; i++)
        {
            // Relative, but for numbers that are differences of much larger ones.
            Assert.Equal(expected.Data[i], actual.Data[i], 1e-12 * Math.Max(Math.Abs(expected.Data[i]), 0.01));
        }

        foreach (double[] pair in Printed(output).SelectMany(printed => Pairs(printed, actual)))
        {
            Assert.Equal(pair[0], pair[1], PrintedTolerance);
        }

        Assert.True(_open.Remove(output), $"{output} was compared already.");
    }

    /// <summary>Compares a single number.</summary>
    public void Compare(string output, double actual) => Compare(output, GoldenMatrix.OfRows([actual], 1, 1, 1));

    /// <summary>Asserts that every output of the case was compared.</summary>
    public void AssertComplete() => Assert.Empty(_open);

    private static IEnumerable<double[]> Pairs(GoldenMatrix printed, GoldenMatrix actual)
    {
        Assert.Equal((printed.Rows, printed.Columns), (actual.Rows, actual.Columns));
        return printed.Data.ToArray().Zip(actual.Data.ToArray(), (p, a) => new[] { p, a });
    }

    private IEnumerable<GoldenMatrix> Printed(string output) =>
        _case.TryGetProperty("printed", out JsonElement blocks)
            ? blocks.EnumerateArray()
                .Where(block => block.GetProperty("output").GetString() == output)
                .Select(block => GoldenMatrix.Parse(block.GetProperty("data")))
            : [];

    private static IEnumerable<JsonElement> All()
    {
        JsonElement root = GoldenFile.Read("seed_cases.json");
        return root.GetProperty("cases").EnumerateArray().Concat(root.GetProperty("extra_cases").GetProperty("cases").EnumerateArray());
    }
}
