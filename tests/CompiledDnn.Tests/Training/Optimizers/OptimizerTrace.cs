using System.Numerics;
using System.Text.Json;

namespace CompiledDnn.Tests.Training;

/// <summary>What PyTorch's optimisers make of recorded gradients: optimizer_traces.json, by the script beside it.</summary>
internal static class OptimizerTrace
{
    private static readonly JsonElement s_root = Notebook.GoldenFile.Read("optimizer_traces.json");

    /// <summary>A network of one layer, as the traces have it.</summary>
    public static NetworkShape Shape<T>(bool inputMajor)
        where T : unmanaged =>
        HandMadeShape.Create<T>("Trace", [s_root.GetProperty("inputs").GetInt32(), s_root.GetProperty("outputs").GetInt32()], inputMajor);

    public static int Steps => s_root.GetProperty("gradients").GetArrayLength();

    /// <summary>Where all traces begin, laid out for a network.</summary>
    public static T[] Start<T>(NetworkShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Block<T>(shape, s_root, "W", "b");

    /// <summary>The gradients of a step, counted from 1.</summary>
    public static T[] Gradients<T>(NetworkShape shape, int step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Block<T>(shape, s_root.GetProperty("gradients")[step - 1], "DW", "DB");

    /// <summary>The parameters after some steps of a trace.</summary>
    public static IEnumerable<(int Step, double[] Parameters)> Points(NetworkShape shape, string name) =>
        s_root.GetProperty("traces").GetProperty(name).EnumerateArray()
            .Select(point => (point.GetProperty("step").GetInt32(), Block<double>(shape, point, "W", "b")));

    private static T[] Block<T>(NetworkShape shape, JsonElement element, string weights, string biases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerInfo layer = shape.Layer(1);
        var block = new T[shape.BlockLength];
        double[] w = Doubles(element.GetProperty(weights)), b = Doubles(element.GetProperty(biases));
        for (int o = 0; o < layer.Outputs; o++)
        {
            block[layer.BiasOffset + o] = T.CreateChecked(b[o]);
            for (int i = 0; i < layer.Inputs; i++)
            {
                block[layer.WeightOffset + (o * layer.OutputStride) + (i * layer.InputStride)] = T.CreateChecked(w[(o * layer.Inputs) + i]);
            }
        }

        return block;
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
