#if PEERS
using System.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// Writes a dense network as an ONNX model: MatMul, Add and an activation for each layer, operator set 17, IR version 8, a fixed batch. The
/// numbers of fields are those of https://github.com/onnx/onnx/blob/v1.14.0/onnx/onnx.proto.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The name of the model's input.</summary>
    public const string Input = "x";

    /// <summary>The name of the model's output.</summary>
    public const string Output = "y";

    private const int Float = 1;

    /// <summary>The model's bytes.</summary>
    /// <param name="net">The weights and biases.</param>
    /// <param name="sizes">Inputs, then the outputs of every layer.</param>
    /// <param name="batch">Examples in a call.</param>
    public static byte[] Write(PlainNetwork net, int[] sizes, int batch)
    {
        var graph = new ProtobufWriter();
        string value = Input;
        int depth = sizes.Length - 1;
        for (int l = 0; l < depth; l++)
        {
            string activation = l + 1 < depth ? "Relu" : sizes[^1] == 1 ? "Sigmoid" : "Softmax";
            string result = l + 1 < depth ? $"a{l}" : Output;
            graph.Message(1, Node("MatMul", $"p{l}", value, $"w{l}"));
            graph.Message(1, Node("Add", $"z{l}", $"p{l}", $"b{l}"));
            graph.Message(1, Node(activation, result, $"z{l}"));
            value = result;
        }

        graph.Text(2, "network");
        for (int l = 0; l < depth; l++)
        {
            graph.Message(5, Tensor($"w{l}", [sizes[l], sizes[l + 1]], Turned(net.W[l], sizes[l])));
            graph.Message(5, Tensor($"b{l}", [sizes[l + 1]], [.. net.B[l].Select(number => (float)number)]));
        }

        graph.Message(11, ValueInfo(Input, batch, sizes[0]));
        graph.Message(12, ValueInfo(Output, batch, sizes[^1]));

        var operators = new ProtobufWriter();
        operators.Number(2, 17);
        var model = new ProtobufWriter();
        model.Number(1, 8);
        model.Message(7, graph);
        model.Message(8, operators);
        return model.ToArray();
    }

    // A row for each input.
    private static float[] Turned(double[] weights, int inputs)
    {
        int outputs = weights.Length / inputs;
        return [.. Enumerable.Range(0, weights.Length).Select(i => (float)weights[(i % outputs * inputs) + (i / outputs)])];
    }

    private static ProtobufWriter Node(string operation, string output, params string[] inputs)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output);
        node.Text(4, operation);
        return node;
    }

    private static ProtobufWriter Tensor(string name, int[] shape, float[] numbers)
    {
        var tensor = new ProtobufWriter();
        foreach (int length in shape)
        {
            tensor.Number(1, length);
        }

        tensor.Number(2, Float);
        tensor.Text(8, name);
        tensor.Bytes(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(numbers));
        return tensor;
    }

    private static ProtobufWriter ValueInfo(string name, params int[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (int length in shape)
        {
            var dimension = new ProtobufWriter();
            dimension.Number(1, length);
            dimensions.Message(1, dimension);
        }

        var tensor = new ProtobufWriter();
        tensor.Number(1, Float);
        tensor.Message(2, dimensions);
        var type = new ProtobufWriter();
        type.Message(1, tensor);
        var info = new ProtobufWriter();
        info.Text(1, name);
        info.Message(2, type);
        return info;
    }

    /// <summary>Fields in the wire format of Protocol Buffers.</summary>
    private sealed class ProtobufWriter
    {
        private const int Varint = 0;
        private const int LengthDelimited = 2;

        private readonly MemoryStream _bytes = new();

        public void Number(int field, long value)
        {
            WriteVarint((field << 3) | Varint);
            WriteVarint(value);
        }

        public void Bytes(int field, ReadOnlySpan<byte> value)
        {
            WriteVarint((field << 3) | LengthDelimited);
            WriteVarint(value.Length);
            _bytes.Write(value);
        }

        public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public void Message(int field, ProtobufWriter value) => Bytes(field, value.ToArray());

        public byte[] ToArray() => _bytes.ToArray();

        private void WriteVarint(long value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.WriteByte((byte)(value | 0x80));
            }

            _bytes.WriteByte((byte)value);
        }
    }
}
#endif
