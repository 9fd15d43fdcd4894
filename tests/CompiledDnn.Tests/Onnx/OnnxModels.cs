using System.Text.Json;
using CompiledDnn.Onnx;
using Google.Protobuf;

namespace CompiledDnn.Tests.Onnx;

/// <summary>The models in the folder of that name, and what the tool that made them computes.</summary>
internal static class OnnxModels
{
    public static byte[] Bytes(string name)
    {
        using Stream stream = Open($"{name}.onnx");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>A model with something changed.</summary>
    public static byte[] Changed(string name, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Bytes(name));
        change(model);
        return model.ToByteArray();
    }

    public static (double[] X, double[] Y) Outputs(string name)
    {
        using Stream stream = Open("outputs.json");
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement model = document.RootElement.GetProperty(name);
        return (Numbers(model.GetProperty("x")), Numbers(model.GetProperty("y")));
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static Stream Open(string name) => typeof(OnnxModels).Assembly.GetManifestResourceStream($"Onnx/{name}")!;
}
