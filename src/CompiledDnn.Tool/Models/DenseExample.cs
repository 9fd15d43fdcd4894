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
        double[] a = inputs;
        foreach (DenseLayer layer in model.Layers)
        {
            if (layer.Expression is null || ExpressionValues.Of(layer.Expression, Linear(layer, a, model.IsDouble)) is not { } outputs)
            {
                return null;
            }

            a = outputs;
        }

        return Array.TrueForAll(a, double.IsFinite) ? new(inputs, a) : null;
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
