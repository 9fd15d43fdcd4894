using System.Text.Json;

namespace CompiledDnn.Tests.Notebook;

/// <summary>A recorded training run by full-batch gradient descent.</summary>
public sealed class TrainingTrace
{
    private readonly JsonElement _case;

    private TrainingTrace(JsonElement element) => _case = element;

    /// <summary>The names of all runs.</summary>
    public static IEnumerable<string> Names => All().Select(element => element.GetProperty("name").GetString()!);

    public int[] LayerSizes => Integers("layer_sizes");

    public int Samples => _case.GetProperty("samples").GetInt32();

    public int Steps => _case.GetProperty("steps").GetInt32();

    public double LearningRate => _case.GetProperty("learning_rate").GetDouble();

    public GoldenMatrix X => Matrix(_case.GetProperty("data"), "X");

    public GoldenMatrix Y => Matrix(_case.GetProperty("data"), "Y");

    public GoldenMatrix FinalPredictions => Matrix(_case, "final_predictions");

    /// <summary>The cost by the number of updates before it.</summary>
    public Dictionary<int, double> Costs =>
        Integers("cost_steps").Zip(_case.GetProperty("costs").EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.GetDouble());

    /// <summary>The run with a name.</summary>
    public static TrainingTrace Read(string name) => new(All().Single(element => element.GetProperty("name").GetString() == name));

    /// <summary>W and b that the run begins from.</summary>
    public (GoldenMatrix W, GoldenMatrix B) Initial(int layer) => Pair("initial", layer, "W", "b");

    /// <summary>DW and DB of the first step.</summary>
    public (GoldenMatrix DW, GoldenMatrix DB) InitialGradient(int layer) => Pair("initial_gradients", layer, "dW", "db");

    /// <summary>W and b after the last step.</summary>
    public (GoldenMatrix W, GoldenMatrix B) Final(int layer) => Pair("final", layer, "W", "b");

    /// <summary>How far another order of rounding moved the end of this run in double: cost_max_relative and the like.</summary>
    public double Drift(string what) =>
        _case.GetProperty("drift").EnumerateObject().Max(run => run.Value.GetProperty(what).GetDouble());

    private static GoldenMatrix Matrix(JsonElement parent, string name) => GoldenMatrix.Parse(parent.GetProperty(name).GetProperty("data"));

    private static IEnumerable<JsonElement> All() => GoldenFile.Read("training_traces.json").GetProperty("cases").EnumerateArray();

    private (GoldenMatrix First, GoldenMatrix Second) Pair(string list, int layer, string first, string second)
    {
        JsonElement element = _case.GetProperty(list)[layer - 1];
        return (Matrix(element, first), Matrix(element, second));
    }

    private int[] Integers(string name) => [.. _case.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
