using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>Fills a network's parameters from a model that has just its layers.</summary>
internal static class OnnxParameters
{
    /// <summary>Reads a model into a new block.</summary>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="stream">A stream at the beginning of the file; read to its end.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NetworkFileException">The file is damaged, of another format, or a model of other layers.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, Stream stream, string file)
        where T : unmanaged
    {
        OnnxExpression?[] activations = [.. shape.Layers.ToArray().Select(OnnxFormParser.Parse)];
        HashSet<string> operators = [.. activations.OfType<OnnxExpression>().SelectMany(static activation => activation.Operators)];
        OnnxNetwork network = OnnxGraphReader.Read(OnnxFile.Read(stream, file, OnnxFile.LimitFor(shape)), file, operators);
        CheckSizes(shape, network, file);

        var parameters = new ParameterBlock<T>(shape);
        foreach (LayerInfo layer in shape.Layers)
        {
            OnnxLayer found = network.Layers[layer.Index - 1];
            CheckActivation(shape, layer, activations[layer.Index - 1], found, file);
            parameters.CopyWeightsFrom(layer.Index, Converted<T>(found.W, $"a weight of the {found.Node}", shape, file));
            Converted<T>(found.B, $"a bias of the {found.Node}", shape, file).CopyTo(parameters.B(layer.Index));
        }

        return parameters;
    }

    private static void CheckSizes(NetworkShape shape, OnnxNetwork network, string file)
    {
        bool fits = network.Layers.Length == shape.Layers.Length
            && network.Layers.Zip(shape.Layers.ToArray()).All(static pair => (pair.First.Inputs, pair.First.Outputs) == (pair.Second.Inputs, pair.Second.Outputs));
        if (!fits)
        {
            throw new NetworkFileException(file, $"the network is {shape}, but the model has the layers {network.SizesText}; load it into a network of these sizes.");
        }
    }

    private static void CheckActivation(NetworkShape shape, LayerInfo layer, OnnxExpression? expected, OnnxLayer found, string file)
    {
        if (expected is not null && OnnxNormalForm.AreSame(expected, found.Activation))
        {
            return;
        }

        string form = expected is null ? "which does not say what it is in ONNX" : $"{expected} in ONNX";
        throw new NetworkFileException(
            file,
            $"layer {layer.Index} of {shape} has the activation {layer.Activation}, {form}, but in the model {found.Activation} follows the {found.Node}; load it into a network with this activation.");
    }

    private static T[] Converted<T>(double[] numbers, string what, NetworkShape shape, string file)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return (T[])(object)numbers;
        }

        var converted = new T[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            float number = (float)numbers[i];
            if (double.IsFinite(numbers[i]) && !float.IsFinite(number))
            {
                throw new NetworkFileException(file, $"{what} is beyond the range of float; load the model into a {shape.Name} with Precision.Double.");
            }

            converted[i] = Unsafe.BitCast<float, T>(number);
        }

        return converted;
    }
}
