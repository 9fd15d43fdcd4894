using System.Text.Json;

namespace CompiledDnn.Tests.Training.Data;

/// <summary>Numbers of scikit-learn, see <c>make_preparation.py</c>.</summary>
internal static class Preparation
{
    private static readonly JsonDocument s_document = Load();

    public static int Columns => s_document.RootElement.GetProperty("columns").GetInt32();

    public static double[] Numbers(string name) => [.. s_document.RootElement.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];

    public static int[] Integers(string name) => [.. s_document.RootElement.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];

    public static int[][] Folds => [.. s_document.RootElement.GetProperty("folds").EnumerateArray().Select(f => f.EnumerateArray().Select(n => n.GetInt32()).ToArray())];

    private static JsonDocument Load()
    {
        using Stream stream = typeof(Preparation).Assembly.GetManifestResourceStream("preparation.json")!;
        return JsonDocument.Parse(stream);
    }
}
