namespace CompiledDnn.Tool.Models;

/// <summary>A dense network from an ONNX model.</summary>
internal static class OnnxDenseModel
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="NetworkFileException">It is no model of a dense network whose activations the library has.</exception>
    public static DenseModel Read(string path)
    {
        using var stream = InputFile.Open(path);
        return From(OnnxGraphReader.Read(OnnxFile.Read(stream, path, Array.MaxLength), path, new HashSet<string>()), path);
    }

    /// <summary>The network with the library's activations.</summary>
    /// <exception cref="NetworkFileException">It has an activation that the library does not have.</exception>
    public static DenseModel From(OnnxNetwork network, string path) =>
        new([.. network.Layers.Select((layer, at) => Layer(layer, at == network.Layers.Length - 1, path))], network.IsDouble);

    private static DenseLayer Layer(OnnxLayer layer, bool isLast, string path)
    {
        if (KnownActivations.Find(layer.Activation) is not { } found)
        {
            throw new NetworkFileException(
                path, $"after the {layer.Node} the model has the activation {layer.Activation}, which is none of {string.Join(", ", Enum.GetNames<Activation>())}.");
        }

        return found.Activation != Activation.Softmax || isLast
            ? new(layer.Inputs, layer.Outputs, layer.W, layer.B, found.Activation, found.Options, found.Expression)
            : throw new NetworkFileException(path, $"after the {layer.Node} the model has Softmax, which only the last layer of a network can have.");
    }
}
