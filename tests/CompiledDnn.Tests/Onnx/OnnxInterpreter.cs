using CompiledDnn.Onnx;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>Runs the operators that are written here, as ONNX's documentation describes them, in plain loops in double.</summary>
internal sealed class OnnxInterpreter
{
    private readonly Dictionary<string, double[]> _values = [];
    private readonly GraphProto _graph;
    private readonly int _rows;

    private OnnxInterpreter(GraphProto graph, int rows)
    {
        _graph = graph;
        _rows = rows;
    }

    /// <summary>The outputs of a model for so many rows of inputs.</summary>
    public static double[] Run(byte[] file, double[] x, int rows)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        var interpreter = new OnnxInterpreter(model.Graph, rows);
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            interpreter._values.Add(tensor.Name, Numbers(tensor));
        }

        interpreter._values.Add(model.Graph.Input.Single().Name, x);
        foreach (NodeProto node in model.Graph.Node)
        {
            interpreter._values.Add(node.Output.Single(), interpreter.Apply(node));
        }

        return interpreter._values[model.Graph.Output.Single().Name];
    }

    private static double[] Numbers(TensorProto tensor)
    {
        byte[] bytes = tensor.RawData.ToByteArray();
        return tensor.DataType == 1
            ? [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToSingle(bytes, i * 4))]
            : [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, i * 8))];
    }

    private double[] Apply(NodeProto node)
    {
        double[][] inputs = [.. node.Input.Select(name => _values[name])];
        double alpha = node.Attribute.FirstOrDefault(attribute => attribute.Name == "alpha")?.F ?? double.NaN;
        return node.OpType switch
        {
            "Gemm" => Gemm(node, inputs),
            "Softmax" => Softmax(inputs[0]),
            "Add" => Pairs(inputs, (a, b) => a + b),
            "Mul" => Pairs(inputs, (a, b) => a * b),
            "Div" => Pairs(inputs, (a, b) => a / b),
            "Relu" => Each(inputs, z => Math.Max(z, 0)),
            "LeakyRelu" => Each(inputs, z => z < 0 ? alpha * z : z),
            "Elu" => Each(inputs, z => z < 0 ? alpha * (Math.Exp(z) - 1) : z),
            "Sigmoid" => Each(inputs, z => 1 / (1 + Math.Exp(-z))),
            "Tanh" => Each(inputs, Math.Tanh),
            "Softplus" => Each(inputs, z => Math.Log(Math.Exp(z) + 1)),
            "Erf" => Each(inputs, Numerics.Reference.Erf),
            _ => throw new NotSupportedException(node.OpType),
        };
    }

    private double[] Gemm(NodeProto node, double[][] inputs)
    {
        Assert.Equal(("transB", 1L), (node.Attribute.Single().Name, node.Attribute.Single().I));
        TensorProto weights = _graph.Initializer.Single(tensor => tensor.Name == node.Input[1]);
        (int n, int k) = ((int)weights.Dims[0], (int)weights.Dims[1]);
        var y = new double[_rows * n];
        for (int row = 0; row < _rows; row++)
        {
            for (int o = 0; o < n; o++)
            {
                y[(row * n) + o] = inputs[2][o] + Enumerable.Range(0, k).Sum(i => inputs[0][(row * k) + i] * inputs[1][(o * k) + i]);
            }
        }

        return y;
    }

    private double[] Softmax(double[] z) =>
        [.. z.Chunk(z.Length / _rows).SelectMany(row => row.Select(number => Math.Exp(number) / row.Sum(Math.Exp)))];

    private static double[] Each(double[][] inputs, Func<double, double> function) => [.. inputs.Single().Select(function)];

    private static double[] Pairs(double[][] inputs, Func<double, double, double> function)
    {
        int length = Math.Max(inputs[0].Length, inputs[1].Length);
        return [.. Enumerable.Range(0, length).Select(i => function(inputs[0][i % inputs[0].Length], inputs[1][i % inputs[1].Length]))];
    }
}
