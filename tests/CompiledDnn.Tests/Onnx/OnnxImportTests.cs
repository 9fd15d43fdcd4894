using System.Numerics;
using CompiledDnn.Onnx;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>Networks with the weights of models that other tools wrote compute what these tools do.</summary>
public static partial class OnnxImportTests
{
    [Network(4, 6, 3, Output = Activation.Softmax)]
    private sealed partial class ReLUSoftmax;

    [Network(4, 6, 1, Hidden = Activation.Tanh)]
    private sealed partial class TanhSigmoid;

    [Network(4, 6, 3, Hidden = Activation.GELU, Output = Activation.Identity)]
    private sealed partial class Gelu;

    [Network(4, 6, 3, Hidden = Activation.SiLU, Output = Activation.Identity)]
    private sealed partial class SiLUNet;

    [Network(4, 6, 5, 3, Hidden = Activation.ELU, Alpha = 0.7, Output = Activation.Identity)]
    [Layer(2, Activation = Activation.LeakyReLU, NegativeSlope = 0.3)]
    private sealed partial class EluLeaky;

    [Network(4, 6, 3, Hidden = Activation.Softplus, Output = Activation.Identity, Precision = Precision.Double)]
    private sealed partial class SoftplusDouble;

    [Network(4, 6, 3, Hidden = Activation.Softplus, Output = Activation.Identity)]
    private sealed partial class SoftplusFloat;

    [Network(4, 6, 1)]
    private sealed partial class NoBias;

    [Network(6, 8, 2, Output = Activation.Identity)]
    private sealed partial class Flat;

    [Network(4, 6, 3, Output = Activation.Identity)]
    private sealed partial class ReLUIdentity;

    [Fact]
    public static void ReLU_and_softmax() => Check(new ReLUSoftmax(seed: 1), "relu_softmax");

    [Fact]
    public static void Tanh_and_sigmoid_of_an_old_operator_set() => Check(new TanhSigmoid(seed: 1), "tanh_sigmoid");

    [Fact]
    public static void GELU_by_the_error_function() => Check(new Gelu(seed: 1), "gelu");

    [Fact]
    public static void SiLU_by_the_sigmoid() => Check(new SiLUNet(seed: 1), "silu");

    [Fact]
    public static void ELU_and_leaky_ReLU_with_their_numbers() => Check(new EluLeaky(seed: 1), "elu_leaky");

    [Fact]
    public static void Double_precision() => Check(new SoftplusDouble(seed: 1), "softplus_double", 1e-14);

    [Fact]
    public static void Double_precision_into_float() => Check(new SoftplusFloat(seed: 1), "softplus_double");

    [Fact]
    public static void Layers_without_a_bias() => Check(new NoBias(seed: 1), "no_bias");

    [Fact]
    public static void Inputs_of_more_dimensions_flattened() => Check(new Flat(seed: 1), "flatten");

    [Fact]
    public static void Inputs_of_more_dimensions_reshaped() => Check(new Flat(seed: 1), "reshape");

    [Fact]
    public static void Batch_normalisation_before_and_after_activations() => Check(new ReLUIdentity(seed: 1), "batch_norm");

    [Fact]
    public static void Inputs_scaled_by_constants() => Check(new ReLUIdentity(seed: 1), "scaler");

    [Fact]
    public static void MatMul_and_Add_with_half_precision_and_Dropout() => Check(new ReLUIdentity(seed: 1), "matmul_add");

    [Fact]
    public static void Outputs_scaled_by_one_number()
    {
        byte[] scaled = OnnxModels.Changed("scaler", model =>
        {
            model.Graph.Initializer.Add(new TensorProto { Name = "two", DataType = 1, FloatData = { 2 } });
            NodeProto last = model.Graph.Node[^1];
            last.Output[0] = "unscaled";
            model.Graph.Node.Add(new NodeProto { OpType = "Mul", Input = { "two", "unscaled" }, Output = { "output" } });
        });
        var plain = new ReLUIdentity(seed: 1);
        var twice = new ReLUIdentity(seed: 1);
        plain.Swap(Load(plain.Shape, OnnxModels.Bytes("scaler")));
        twice.Swap(Load(twice.Shape, scaled));

        double[] x = OnnxModels.Outputs("scaler").X;

        Assert.Equal(OnnxInputs.Predict(plain, x).Select(y => 2 * y), OnnxInputs.Predict(twice, x));
    }

    [Fact]
    public static void Newer_operators_for_the_same_activations()
    {
        byte[] gelu = OnnxModels.Changed("gelu", model => ReplaceActivation(model, new NodeProto { OpType = "Gelu" }));
        byte[] swish = OnnxModels.Changed("silu", model => ReplaceActivation(model, new NodeProto { OpType = "Swish" }));

        Assert.Equal(Weights(new Gelu(seed: 1).Shape, OnnxModels.Bytes("gelu")), Weights(new Gelu(seed: 1).Shape, gelu));
        Assert.Equal(Weights(new SiLUNet(seed: 1).Shape, OnnxModels.Bytes("silu")), Weights(new SiLUNet(seed: 1).Shape, swish));
    }

    [Fact]
    public static void Old_models_that_list_their_constants_as_inputs()
    {
        byte[] listed = OnnxModels.Changed("relu_softmax", model =>
            model.Graph.Input.Add(model.Graph.Initializer.Select(tensor => new ValueInfoProto { Name = tensor.Name })));

        Assert.Equal(Weights(new ReLUSoftmax(seed: 1).Shape, OnnxModels.Bytes("relu_softmax")), Weights(new ReLUSoftmax(seed: 1).Shape, listed));
    }

    // Between the first and the last Gemm.
    private static void ReplaceActivation(ModelProto model, NodeProto activation)
    {
        NodeProto first = model.Graph.Node[0];
        NodeProto last = model.Graph.Node[^1];
        activation.Input.Add(first.Output[0]);
        activation.Output.Add(last.Input[0]);
        model.Graph.Node.Clear();
        model.Graph.Node.Add([first, activation, last]);
    }

    private static float[] Weights(NetworkShape shape, byte[] file) => Load(shape, file).Span.ToArray();

    private static ParameterBlock<float> Load(NetworkShape shape, byte[] file) => OnnxStorage.Load<float>(shape, new MemoryStream(file));

    private static void Check<T>(INetwork<T> net, string name, double tolerance = 1e-6)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.Swap(OnnxStorage.Load<T>(net.Shape, new MemoryStream(OnnxModels.Bytes(name))));
        (double[] x, double[] expected) = OnnxModels.Outputs(name);

        OnnxInputs.CheckClose(expected, OnnxInputs.Predict(net, x), tolerance, name);
    }
}
