using System.Numerics;
using System.Text.Json;
using CompiledDnn.Tests.Notebook;

namespace CompiledDnn.Tests.Training;

/// <summary>Predictions, targets and weights, with the values that scikit-learn gives; made by make_metric_cases.py.</summary>
internal sealed class MetricCase
{
    private readonly JsonElement _case;

    private MetricCase(JsonElement element) => _case = element;

    public static string[] Names { get; } = [.. GoldenFile.Read("metric_cases.json").EnumerateObject().Select(c => c.Name)];

    public int OutputSize => _case.GetProperty("outputSize").GetInt32();

    public int Count => _case.GetProperty("outputs").GetArrayLength() / OutputSize;

    public int TargetSize => Array("targets").Length / Count;

    public MetricShape Shape => new(Enum.Parse<NetworkTask>(_case.GetProperty("task").GetString()!), OutputSize, TargetSize);

    public IEnumerable<(string Name, double Value)> Values =>
        _case.GetProperty("values").EnumerateObject().Select(value => (value.Name, value.Value.GetDouble()));

    public double[] Confusion => Array("confusion");

    public int[] Labels => [.. Array("labels").Select(label => (int)label)];

    public static MetricCase Read(string name) => new(GoldenFile.Read("metric_cases.json").GetProperty(name));

    public T[] Outputs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Array("outputs").Select(T.CreateChecked)];

    public T[] Targets<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Array("targets").Select(T.CreateChecked)];

    public T[] Weights<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Array("weights").Select(T.CreateChecked)];

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
