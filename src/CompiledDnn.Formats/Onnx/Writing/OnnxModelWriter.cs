using System.Runtime.CompilerServices;
using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>A network as an ONNX model: a Gemm and the operators of its activation for each layer.</summary>
internal static class OnnxModelWriter
{
    /// <summary>The name of the model's input.</summary>
    public const string Input = "x";

    /// <summary>The name of the model's output.</summary>
    public const string Output = "y";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    // A message of Protocol Buffers has at most 2 GiB; what is not weights is far below the difference.
    private const long MaxWeightBytes = int.MaxValue - 1_000_000;

    /// <summary>The model.</summary>
    /// <param name="parameters">The parameters with their shape.</param>
    /// <exception cref="NotSupportedException">An activation has no form in ONNX, or the network is too large for one file.</exception>
    public static ModelProto Write<T>(ParameterBlock<T> parameters)
        where T : unmanaged
    {
        NetworkShape shape = parameters.Shape;
        CheckSize(shape, Unsafe.SizeOf<T>());
        var graph = new GraphProto { Name = shape.Name };
        var nodes = new OnnxNodeWriter<T>(graph);
        graph.Input.Add(Rows(Input, shape.InputSize, OnnxElementType.Of<T>()));
        graph.Output.Add(Rows(Output, shape.OutputSize, OnnxElementType.Of<T>()));

        string value = Input;
        foreach (LayerInfo layer in shape.Layers)
        {
            OnnxExpression activation = OnnxFormParser.Parse(layer) ?? throw NoForm(shape, layer);
            bool isLast = layer.Index == shape.Layers.Length;
            value = WriteLayer(nodes, parameters, layer, activation, value, isLast ? Output : $"A{layer.Index}");
        }

        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "CompiledDnn",
            ProducerVersion = typeof(OnnxModelWriter).Assembly.GetName().Version!.ToString(3),
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
            MetadataProps = { new StringStringEntryProto { Key = "network", Value = shape.ToString() } },
        };
    }

    private static string WriteLayer<T>(
        OnnxNodeWriter<T> nodes, ParameterBlock<T> parameters, LayerInfo layer, OnnxExpression activation, string value, string output)
        where T : unmanaged
    {
        int module = 2 * (layer.Index - 1);
        var weights = new T[layer.Outputs * layer.Inputs];
        parameters.CopyWeightsTo(layer.Index, weights);
        nodes.Tensor($"{module}.weight", [layer.Outputs, layer.Inputs], weights);
        nodes.Tensor($"{module}.bias", [layer.Outputs], parameters.B(layer.Index)[..layer.Outputs]);

        // Without an activation Z is what the layer gives.
        string z = activation is OnnxVariable ? output : $"Z{layer.Index}";
        nodes.Node("Gemm", $"{module}", [value, $"{module}.weight", $"{module}.bias"], z, new OnnxAttribute("transB", 1, IsInteger: true));
        if (activation is not OnnxVariable)
        {
            nodes.Expression(activation, $"{module + 1}", z, output);
        }

        return output;
    }

    private static void CheckSize(NetworkShape shape, int elementSize)
    {
        long bytes = shape.Layers.ToArray().Sum(static layer => (layer.Inputs + 1L) * layer.Outputs) * elementSize;
        if (bytes > MaxWeightBytes)
        {
            throw new NotSupportedException(
                $"{shape} has {bytes} bytes of weights, but an ONNX file holds at most 2 GiB; save it as safetensors.");
        }
    }

    private static ValueInfoProto Rows(string name, int width, int elementType) => new()
    {
        Name = name,
        Type = new()
        {
            TensorType = new()
            {
                ElemType = elementType,
                Shape = new()
                {
                    Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" }, new TensorShapeProto.Types.Dimension { DimValue = width } },
                },
            },
        },
    };

    private static NotSupportedException NoForm(NetworkShape shape, LayerInfo layer) => new(
        $"Layer {layer.Index} of {shape} has the activation {layer.Activation}, which does not say what it is in ONNX; give the struct [ActivationTraits(Onnx = \"...\")].");
}
