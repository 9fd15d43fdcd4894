using CompiledDnn.Onnx;
using Google.Protobuf;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>Models that are not the network are refused in words that name the node or the tensor, and change nothing.</summary>
public static partial class OnnxRefusedTests
{
    [Network(4, 6, 3, Output = Activation.Softmax)]
    private sealed partial class Net;

    [Network(4, 6, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
    private sealed partial class OtherActivation;

    [Network(4, 7, 3, Output = Activation.Softmax)]
    private sealed partial class OtherSizes;

    [Fact]
    public static void Another_operator_by_its_name() =>
        Refuse("layer_norm", "the LayerNormalization node '/1/LayerNormalization' is no operator of a dense network");

    [Fact]
    public static void Another_activation_by_its_name() =>
        Refuse("selu", "has the activation ReLU, Relu(z) in ONNX, but in the model Selu(z) follows the Gemm node '/0/Gemm'");

    [Fact]
    public static void Weights_in_another_file() => Refuse("external", "the tensor 'w' is kept in another file, which is not opened for safety");

    [Fact]
    public static void A_network_of_another_activation()
    {
        var net = new OtherActivation(seed: 1);

        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(net.Shape, Stream(OnnxModels.Bytes("relu_softmax"))));

        Assert.Contains("layer 1 of OtherActivation [4, 6, 3] has the activation Tanh, Tanh(z) in ONNX, but in the model Relu(z)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(-1, refusal.Offset);
    }

    [Fact]
    public static void A_network_of_other_sizes()
    {
        var net = new OtherSizes(seed: 1);

        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(net.Shape, Stream(OnnxModels.Bytes("relu_softmax"))));

        Assert.Contains("the network is OtherSizes [4, 7, 3], but the model has the layers [4, 6, 3]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_slope_that_differs() => Refuse("elu_leaky", "the model has the layers [4, 6, 5, 3]");

    [Fact]
    public static void A_transposed_input() => Refuse(
        model => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "transA", Type = AttributeProto.Types.AttributeType.Int, I = 1 }),
        "the Gemm node '/0/Gemm' exchanges rows and columns of its first input");

    [Fact]
    public static void An_attribute_that_is_not_known() => Refuse(
        model => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "gamma", Type = AttributeProto.Types.AttributeType.Int, I = 1 }),
        "the Gemm node '/0/Gemm' has the attribute 'gamma', which is not read");

    [Fact]
    public static void An_operator_of_another_domain() => Refuse(
        model => model.Graph.Node[1].Domain = "com.microsoft",
        "the Relu node '/1/Relu' is an operator of 'com.microsoft'");

    [Fact]
    public static void Operators_of_the_future() => Refuse(model => model.OpsetImport[0].Version = 99, "the model uses operator set 99");

    [Fact]
    public static void No_operator_set() => Refuse(model => model.OpsetImport.Clear(), "does not say which operators");

    [Fact]
    public static void No_graph() => Refuse(model => model.Graph = null, "it has no graph");

    [Fact]
    public static void Two_outputs() => Refuse(model => model.Graph.Output.Add(new ValueInfoProto { Name = "more" }), "the model has 2 outputs");

    [Fact]
    public static void Two_inputs() => Refuse(model => model.Graph.Input.Add(new ValueInfoProto { Name = "more" }), "the model has 2 inputs");

    [Fact]
    public static void Two_values_of_one_name() => Refuse(
        model => model.Graph.Node[1].Output[0] = model.Graph.Node[0].Output[0],
        "the Relu node '/1/Relu' make the value '/0/Gemm_output_0', which is there already");

    [Fact]
    public static void A_loop() => Refuse(
        model => model.Graph.Node[1].Input[0] = "output",
        "the Relu node '/1/Relu' takes 'output', which no input, constant or earlier node makes");

    [Fact]
    public static void A_value_that_skips_a_layer() => Refuse(
        model => model.Graph.Node.Insert(3, new NodeProto
        {
            OpType = "Add",
            Name = "skip",
            Input = { model.Graph.Node[2].Output[0], model.Graph.Node[1].Output[0] },
            Output = { "s" },
        }),
        "the Add node 'skip' joins the values of two layers");

    [Fact]
    public static void An_activation_of_the_inputs() => Refuse(
        model =>
        {
            model.Graph.Node.Insert(0, new NodeProto { OpType = "Tanh", Name = "first", Input = { "input" }, Output = { "t" } });
            model.Graph.Node[1].Input[0] = "t";
        },
        "the Gemm node '/0/Gemm' reads Tanh(z) of the inputs, but a dense network begins with a layer");

    [Fact]
    public static void Outputs_scaled_each_by_its_own_number_after_the_activation() => Refuse(
        model =>
        {
            model.Graph.Node.Add(new NodeProto { OpType = "Mul", Name = "scale", Input = { "output", "2.bias" }, Output = { "scaled" } });
            model.Graph.Output[0].Name = "scaled";
        },
        "the outputs are scaled or shifted after the last activation");

    [Fact]
    public static void Weights_of_a_type_that_is_not_read() => Refuse(
        model => model.Graph.Initializer[0].DataType = 3,
        "the tensor '0.weight' has numbers of the type INT8; FLOAT, DOUBLE and FLOAT16 are read");

    [Fact]
    public static void Weights_cut_off() => Refuse(
        model => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(model.Graph.Initializer[0].RawData.Span[..40]),
        "the tensor '0.weight' of shape [6, 4] has 24 numbers, but the file holds 10 of them");

    [Fact]
    public static void A_shape_without_end() => Refuse(
        model => model.Graph.Initializer[0].Dims.Add([int.MaxValue, int.MaxValue, int.MaxValue]),
        "has more numbers than a file can hold");

    [Fact]
    public static void A_negative_length() => Refuse(model => model.Graph.Initializer[0].Dims[0] = -6, "the tensor '0.weight' has a length of -6");

    [Fact]
    public static void A_bias_of_another_length() => Refuse(
        model => model.Graph.Node[0].Input[2] = "2.bias",
        "the Gemm node '/0/Gemm' has the constant '2.bias' of shape [3], but its values are 6 wide");

    [Fact]
    public static void Batch_normalisation_in_training() => Refuse(
        model => model.Graph.Node.Insert(1, new NodeProto
        {
            OpType = "BatchNormalization",
            Name = "norm",
            Input = { "/0/Gemm_output_0", "0.bias", "0.bias", "0.bias", "0.bias" },
            Output = { "n" },
            Attribute = { new AttributeProto { Name = "training_mode", Type = AttributeProto.Types.AttributeType.Int, I = 1 } },
        }),
        "the BatchNormalization node 'norm' normalises by the batch at hand");

    [Fact]
    public static void More_inputs_than_the_file_can_have_weights_for() => Refuse(
        model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = 2_000_000_000,
        "the model would have 2000000000 inputs");

    [Fact]
    public static void Folding_without_end() => Refuse(
        model =>
        {
            var large = new TensorProto { Name = "large", DataType = 1, Dims = { 100, 100 }, RawData = ByteString.CopyFrom(new byte[40_000]) };
            model.Graph.Initializer.Add(large);
            for (int i = 0; i < 2000; i++)
            {
                model.Graph.Node.Insert(1, new NodeProto { OpType = "Transpose", Name = $"t{i}", Input = { "large" }, Output = { $"t{i}" } });
            }
        },
        "more than any model of dense layers does");

    [Fact]
    public static void An_activation_without_end() => Refuse(
        model =>
        {
            for (int i = 0; i < 60; i++)
            {
                string value = i == 0 ? "/0/Gemm_output_0" : $"m{i - 1}";
                model.Graph.Node.Insert(1 + i, new NodeProto { OpType = "Mul", Name = $"m{i}", Input = { value, value }, Output = { $"m{i}" } });
            }
        },
        "belongs to an activation of more than a thousand parts");

    [Fact]
    public static void A_number_beyond_float()
    {
        byte[] file = OnnxModels.Changed("softplus_double", model =>
        {
            model.Graph.Node[1].OpType = "Relu";
            model.Graph.Node.Add(new NodeProto { OpType = "Softmax", Input = { "output" }, Output = { "p" } });
            model.Graph.Output[0].Name = "p";
            model.Graph.Initializer[3].RawData = ByteString.CopyFrom([.. Enumerable.Repeat(BitConverter.GetBytes(1e300), 3).SelectMany(bytes => bytes)]);
        });

        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(new Net(seed: 1).Shape, Stream(file)));

        Assert.Contains("a bias of the Gemm node '/2/Gemm' is beyond the range of float", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_refused_file_changes_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            File.WriteAllBytes(path, OnnxModels.Bytes("selu"));
            var net = new Net(seed: 1);
            ParameterBlock<float> block = net.Parameters;
            float[] before = block.Span.ToArray();

            var refusal = Assert.Throws<NetworkFileException>(() => net.LoadOnnx(path));

            Assert.Equal(path, refusal.File);
            Assert.Same(block, net.Parameters);
            Assert.Equal(before, block.Span.ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Refuse(string name, string reason) => Refuse(OnnxModels.Bytes(name), reason);

    private static void Refuse(Action<ModelProto> change, string reason) => Refuse(OnnxModels.Changed("relu_softmax", change), reason);

    private static void Refuse(byte[] file, string reason)
    {
        var refusal = Assert.Throws<NetworkFileException>(() => OnnxStorage.Load<float>(new Net(seed: 1).Shape, Stream(file)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static MemoryStream Stream(byte[] file) => new(file);
}
