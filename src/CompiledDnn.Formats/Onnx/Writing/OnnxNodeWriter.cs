using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using CompiledDnn.Onnx;
using Google.Protobuf;

namespace CompiledDnn;

/// <summary>Adds operators and constants to a graph.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="graph">The graph.</param>
internal sealed class OnnxNodeWriter<T>(GraphProto graph)
    where T : unmanaged
{
    /// <summary>Adds a constant tensor.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="shape">Its lengths.</param>
    /// <param name="numbers">Its numbers, the last length's side by side.</param>
    public void Tensor(string name, ReadOnlySpan<long> shape, ReadOnlySpan<T> numbers)
    {
        var tensor = new TensorProto { Name = name, DataType = OnnxElementType.Of<T>(), RawData = UnsafeByteOperations.UnsafeWrap(Bytes(numbers)) };
        foreach (long length in shape)
        {
            tensor.Dims.Add(length);
        }

        graph.Initializer.Add(tensor);
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="name">The node's name, unique in the graph.</param>
    /// <param name="inputs">The names of the values that it takes.</param>
    /// <param name="output">The name of the value that it makes.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Node(string operation, string name, IEnumerable<string> inputs, string output, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(output);
        foreach (OnnxAttribute attribute in attributes)
        {
            node.Attribute.Add(
                attribute.IsInteger
                    ? new AttributeProto { Name = attribute.Name, Type = AttributeProto.Types.AttributeType.Int, I = (long)attribute.Value }
                    : new AttributeProto { Name = attribute.Name, Type = AttributeProto.Types.AttributeType.Float, F = (float)attribute.Value });
        }

        graph.Node.Add(node);
    }

    /// <summary>Adds the operators of an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="name">What the names of its nodes and values begin with.</param>
    /// <param name="z">The name of the value that it takes.</param>
    /// <param name="output">The name of the value that it makes.</param>
    public void Expression(OnnxExpression activation, string name, string z, string output)
    {
        int count = 0;
        Write(activation, output);

        // Returns the name of the value.
        string Write(OnnxExpression expression, string? result)
        {
            if (expression is OnnxVariable)
            {
                return z;
            }

            string own = count == 0 ? name : $"{name}.{count}";
            count++;
            if (expression is OnnxOperation operation)
            {
                string value = result ?? own;
                string[] inputs = [.. operation.Inputs.Select(input => Write(input, null))];
                Node(operation.Name, own, inputs, value, operation.Attributes);
                return value;
            }

            Tensor(own, [], [Number(((OnnxNumber)expression).Value)]);
            return own;
        }
    }

    private static T Number(double value) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    // Little-endian, whatever the machine is.
    private static byte[] Bytes(ReadOnlySpan<T> numbers)
    {
        int size = Unsafe.SizeOf<T>();
        var bytes = new byte[numbers.Length * size];
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<byte> place = bytes.AsSpan(i * size);
            if (typeof(T) == typeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(place, Unsafe.BitCast<T, float>(numbers[i]));
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(place, Unsafe.BitCast<T, double>(numbers[i]));
            }
        }

        return bytes;
    }
}
