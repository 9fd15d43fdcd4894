using CompiledDnn.Onnx;
using CompiledDnn.Tool.Models;

namespace CompiledDnn.Tool.Inspection;

/// <summary>Prints an ONNX model: its values, operators and constants, and the dense network that it is, or why it is none.</summary>
internal static class OnnxInspector
{
    public static void Print(Stream stream, string path, TextWriter output)
    {
        ModelProto model = OnnxFile.Read(stream, path, Array.MaxLength);
        GraphProto graph = model.Graph ?? throw new NetworkFileException(path, "the file is no ONNX model: it has no graph.");
        string sets = string.Join(", ", model.OpsetImport.Select(static set => set.Domain.Length == 0 ? $"{set.Version}" : $"{set.Domain} {set.Version}"));
        output.WriteLine($"ONNX, IR version {model.IrVersion}, operator set {OneLine.Of(sets)}, made by {OneLine.Of($"{model.ProducerName} {model.ProducerVersion}")}");
        PrintValues(output, "input", graph.Input);
        PrintValues(output, "output", graph.Output);
        foreach (NodeProto node in graph.Node)
        {
            output.WriteLine(OneLine.Of($"  {node.OpType} {node.Name}: {string.Join(", ", node.Input)} -> {string.Join(", ", node.Output)}"));
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            output.WriteLine(OneLine.Of($"  {tensor.Name}  {OnnxElementType.NameOf(tensor.DataType)} {SafetensorsTensor.TextOf([.. tensor.Dims])}"));
        }

        output.WriteLine(Network(model, path));
    }

    private static void PrintValues(TextWriter output, string what, IEnumerable<ValueInfoProto> values)
    {
        foreach (ValueInfoProto value in values)
        {
            TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
            IEnumerable<string> lengths = tensor?.Shape?.Dim.Select(static length => length.DimParam.Length > 0 ? length.DimParam : $"{length.DimValue}") ?? [];
            output.WriteLine(OneLine.Of($"  {what} {value.Name}  {OnnxElementType.NameOf(tensor?.ElemType ?? 0)} [{string.Join(", ", lengths)}]"));
        }
    }

    private static string Network(ModelProto model, string path)
    {
        try
        {
            DenseModel network = OnnxDenseModel.From(OnnxGraphReader.Read(model, path, new HashSet<string>()), path);
            return $"a dense network {network.SizesText}: {network.ActivationsText}";
        }
        catch (NetworkFileException refusal)
        {
            return $"no dense network: {refusal.Reason}";
        }
    }
}
