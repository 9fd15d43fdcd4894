using System.Numerics;
using CompiledDnn.Onnx;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>What is written as an ONNX model does what the network does.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string FilePath => Path.Combine(_folder, "network.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_activation_in_float_gives_the_same_outputs()
    {
        foreach (INetwork<float> net in OnnxNetworks.Floats())
        {
            CheckOutputs(net, 2e-6);
        }
    }

    [Fact]
    public void Every_activation_in_double_gives_the_same_outputs()
    {
        foreach (INetwork<double> net in OnnxNetworks.Doubles())
        {
            // Attributes of operators are float.
            bool hasAttribute = net.Shape.Name is "DoubleOptions" or "DoubleLeakyReLU";
            CheckOutputs(net, hasAttribute ? 1e-7 : 1e-14);
        }
    }

    [Fact]
    public void What_was_written_is_read_back_to_the_same_bits()
    {
        foreach (INetwork<float> net in OnnxNetworks.Floats())
        {
            CheckRoundTrip(net);
        }

        foreach (INetwork<double> net in OnnxNetworks.Doubles())
        {
            CheckRoundTrip(net);
        }
    }

    [Fact]
    public void Every_activation_of_the_library_has_a_form()
    {
        IEnumerable<string> tried = OnnxNetworks.Floats().SelectMany(net => net.Shape.Layers.ToArray()).Select(layer => layer.Activation);

        Assert.Empty(Enum.GetNames<Activation>().Except(tried));
    }

    [Fact]
    public void The_model_is_of_operator_set_17_with_any_batch_size()
    {
        new OnnxNetworks.FloatSoftmax(seed: 1).SaveOnnx(FilePath);

        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(FilePath));

        Assert.Equal(8, model.IrVersion);
        Assert.Equal(("", 17L), (model.OpsetImport.Single().Domain, model.OpsetImport.Single().Version));
        Assert.Equal("FloatSoftmax", model.Graph.Name);
        Assert.Equal(["Gemm", "Tanh", "Gemm", "Softmax"], model.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal([7L, 5], model.Graph.Initializer[0].Dims);
        CheckRows(model.Graph.Input.Single(), "x", 5);
        CheckRows(model.Graph.Output.Single(), "y", 4);
        Assert.Equal("FloatSoftmax [5, 7, 4]", model.MetadataProps.Single().Value);
    }

    [Fact]
    public void The_same_network_is_always_the_same_bytes()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        OnnxStorage.Save(new OnnxNetworks.FloatGELU(seed: 1).Parameters, first);
        OnnxStorage.Save(new OnnxNetworks.FloatGELU(seed: 1).Parameters, second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void Names_of_nodes_and_values_are_unique()
    {
        new OnnxNetworks.FloatGELU(seed: 1).SaveOnnx(FilePath);

        GraphProto graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(FilePath)).Graph;

        string[] nodes = [.. graph.Node.Select(node => node.Name)];
        string[] values = [.. graph.Initializer.Select(tensor => tensor.Name), .. graph.Node.SelectMany(node => node.Output), "x"];
        Assert.Equal(nodes.Distinct(), nodes);
        Assert.Equal(values.Distinct(), values);
    }

    [Fact]
    public void An_activation_without_a_form_is_refused_by_name()
    {
        File.WriteAllText(FilePath, "what was there");

        var refusal = Assert.Throws<NotSupportedException>(() => new OnnxNetworks.FloatWithoutForm(seed: 1).SaveOnnx(FilePath));

        Assert.Contains("Layer 1 of FloatWithoutForm [5, 7, 3] has the activation Swish", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("what was there", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_form_that_is_no_expression_is_refused_with_the_place()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => new OnnxNetworks.FloatWithWrongForm(seed: 1).SaveOnnx(FilePath));

        Assert.Contains("'Mul(z, Sigmoid(z)', but ')' was expected at character 18", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static void CheckRows(ValueInfoProto value, string name, int width)
    {
        Assert.Equal(name, value.Name);
        Assert.Equal(1, value.Type.TensorType.ElemType);
        Assert.Equal("batch", value.Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal(width, value.Type.TensorType.Shape.Dim[1].DimValue);
    }

    private static void CheckOutputs<T>(INetwork<T> net, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 9;
        double[] x = OnnxInputs.Random(Rows * net.Shape.InputSize);
        T[] y = OnnxInputs.Predict(net, x);
        using var file = new MemoryStream();
        OnnxStorage.Save(net.Parameters, file);

        double[] expected = OnnxInterpreter.Run(file.ToArray(), x, Rows);

        OnnxInputs.CheckClose(expected, y, tolerance, net.Shape.Name);
    }

    private void CheckRoundTrip<T>(INetwork<T> net)
        where T : unmanaged
    {
        net.SaveOnnx(FilePath);
        T[] expected = net.Parameters.Span.ToArray();
        net.Swap(new ParameterBlock<T>(net.Shape));

        net.LoadOnnx(FilePath);

        Assert.Equal(expected, net.Parameters.Span.ToArray());
    }
}
