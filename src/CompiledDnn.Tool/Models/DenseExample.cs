namespace CompiledDnn.Tool.Models;

/// <summary>
/// Makes the example of a file of weights: inputs, and what the network gives for them, worked out in double precision without the kernels. So
/// the class that is written checks at its first load that it is what the model was.
/// </summary>
internal static class DenseExample
{
    /// <summary>The example.</summary>
    /// <param name="model">The network.</param>
    /// <returns>Null if an activation cannot be worked out from its form in ONNX, or an output is not finite.</returns>
    public static ExampleNote? Of(DenseModel model)
    {
        double[] inputs = ExampleNote.MakeInputs(model.Layers[0].Inputs);
        return Outputs(model, inputs) is { } outputs && Array.TrueForAll(outputs, double.IsFinite) ? new(inputs, outputs) : null;
    }

    /// <summary>Checks the example of a file that the network comes from, if it has one: the file does not say what its activations are.</summary>
    /// <param name="model">The network.</param>
    /// <param name="header">The file's header.</param>
    /// <exception cref="NetworkFileException">The example has other outputs.</exception>
    public static void Check(DenseModel model, SafetensorsHeader header)
    {
        ExampleNote? example = ExampleNote.Find(header, $"the network {model.SizesText}", model.Layers[0].Inputs, model.Layers[^1].Outputs);
        if (example is not null && Outputs(model, example.Inputs) is { } outputs && example.Difference(outputs, $"the network with {model.ActivationsText}") is { } difference)
        {
            string there = header.Metadata.TryGetValue(NetworkNotes.Activations, out string? names) ? $"; the file says {names}" : "";
            throw new NetworkFileException(
                header.File, $"for the example in the file, {difference}: give the activations with --hidden and --output-activation{there}.");
        }
    }

    private static double[]? Outputs(DenseModel model, double[] inputs)
    {
        double[]? a = inputs;
        foreach (DenseLayer layer in model.Layers)
        {
            a = a is null || layer.Expression is null ? null : ExpressionValues.Of(layer.Expression, Linear(layer, a, model.IsDouble));
        }

        return a;
    }

    // Z = W A + b, of the numbers that the file holds.
    private static double[] Linear(DenseLayer layer, double[] a, bool isDouble)
    {
        var z = new double[layer.Outputs];
        for (int o = 0; o < z.Length; o++)
        {
            z[o] = Written(layer.B[o]);
            for (int i = 0; i < a.Length; i++)
            {
                z[o] += Written(layer.W[(o * a.Length) + i]) * a[i];
            }
        }

        return z;

        double Written(double number) => isDouble ? number : (float)number;
    }
}
