using System.Numerics;
using System.Text.Json;
using CompiledDnn.Tests.Notebook;

namespace CompiledDnn.Tests.Training;

/// <summary>Predictions, targets and weights, with the values that scikit-learn gives; made by make_metric_cases.py.</summary>
internal sealed class MetricCase
{
    private static readonly JsonElement s_file = GoldenFile.Read("metric_cases.json");

    private readonly JsonElement _case;
    private readonly double[] _outputs;
    private readonly double[] _targets;
    private readonly double[] _weights;

    private MetricCase(JsonElement element)
    {
        _case = element;
        OutputSize = element.GetProperty("outputSize").GetInt32();
        _outputs = Array("outputs");
        _targets = Array("targets");
        _weights = Array("weights");
        Labels = [.. Array("labels").Select(label => (int)label)];
    }

    public static string[] Names { get; } = [.. s_file.EnumerateObject().Select(c => c.Name)];

    public int OutputSize { get; }

    public int Count => _outputs.Length / OutputSize;

    public int TargetSize => _targets.Length / Count;

    public MetricShape Shape => new(Enum.Parse<NetworkTask>(_case.GetProperty("task").GetString()!), OutputSize, TargetSize);

    public IEnumerable<(string Name, double Value)> Values =>
        _case.GetProperty("values").EnumerateObject().Select(value => (value.Name, value.Value.GetDouble()));

    public double[] Confusion => Array("confusion");

    public int[] Labels { get; }

    public static MetricCase Read(string name) => new(s_file.GetProperty(name));

    public T[] Outputs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. _outputs.Select(T.CreateChecked)];

    public T[] Targets<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. _targets.Select(T.CreateChecked)];

    public T[] Weights<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. _weights.Select(T.CreateChecked)];

    /// <summary>A range of the examples.</summary>
    public MetricBatch<T> Batch<T>(int start, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> outputs = Outputs<T>().AsSpan(start * OutputSize, count * OutputSize);
        T[] all = Weights<T>();
        ReadOnlySpan<T> weights = all.Length == 0 ? [] : all.AsSpan(start, count);
        return TargetSize == 0
            ? MetricBatch.FromLabels(outputs, OutputSize, Labels.AsSpan(start, count), weights)
            : MetricBatch.FromRows(outputs, OutputSize, Targets<T>().AsSpan(start * TargetSize, count * TargetSize), TargetSize, weights);
    }

    private double[] Array(string name) => _case.GetProperty(name) is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Select(number => number.GetDouble())]
        : [];
}
