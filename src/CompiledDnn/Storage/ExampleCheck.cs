using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>Makes the example of a file, and checks it: the same weights with other activations give other outputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TInference">How the network predicts.</typeparam>
internal static class ExampleCheck<T, TInference>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInference : struct, IInference<T>
{
    /// <summary>The example of a network.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="type">What they are written as: the outputs are those of the numbers in the file.</param>
    /// <returns>Null if an output is not finite.</returns>
    /// <exception cref="OverflowException">A finite number is beyond the range of the type.</exception>
    public static ExampleNote? Make(ParameterBlock<T> parameters, NumberType? type)
    {
        double[] inputs = ExampleNote.MakeInputs(parameters.Shape.InputSize);
        T[] outputs = Predict(type is { } written ? Rounded(parameters, written) : parameters, inputs);
        return Array.TrueForAll(outputs, T.IsFinite)
            ? new(inputs, Array.ConvertAll(outputs, double.CreateSaturating))
            : null;
    }

    /// <summary>Checks the example of a file, if it has one.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="parameters">What was read from it.</param>
    /// <exception cref="NetworkFileException">The outputs are others, or the note is damaged.</exception>
    public static void Verify(SafetensorsHeader header, ParameterBlock<T> parameters)
    {
        NetworkShape shape = parameters.Shape;
        if (ExampleNote.Find(header, shape.Name, shape.InputSize, shape.OutputSize) is not { } example)
        {
            return;
        }

        T[] outputs = Predict(parameters, example.Inputs);
        if (example.Difference(Array.ConvertAll(outputs, double.CreateSaturating), shape.Name) is { } difference)
        {
            throw Other(header, shape, difference);
        }
    }

    private static NetworkFileException Other(SafetensorsHeader header, NetworkShape shape, string difference)
    {
        string there = header.Metadata.TryGetValue(NetworkNotes.Activations, out string? names) ? $" ({names})" : "";
        return new(
            header.File,
            $"for the example in the file, {difference}: the file was saved from a network with other activations{there}, while these are {NetworkNotes.ActivationsOf(shape)}; load it into a network like that, or pass over the example with Swap(NetworkStorage.Load(Shape, path)).");
    }

    private static T[] Predict(ParameterBlock<T> parameters, double[] inputs)
    {
        var outputs = new T[parameters.Shape.OutputSize];
        Prediction.Run<T, TInference>(parameters.Shape, parameters, Array.ConvertAll(inputs, T.CreateSaturating), outputs, mostThreads: 1);
        return outputs;
    }

    private static ParameterBlock<T> Rounded(ParameterBlock<T> parameters, NumberType type)
    {
        ParameterBlock<T> rounded = parameters.Clone();
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (ref T number in rounded.Span)
        {
            // What is beyond the range is refused when it is written, where its tensor is known.
            TensorNumbers.TryWrite(number, type, bytes);
            TensorNumbers.TryRead(bytes, type, out number);
        }

        return rounded;
    }
}
