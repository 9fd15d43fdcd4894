namespace CompiledDnn.Tool.Models;

/// <summary>A dense layer from a file.</summary>
/// <param name="Inputs">n[l−1].</param>
/// <param name="Outputs">n[l].</param>
/// <param name="W">[outputs, inputs], the inputs side by side.</param>
/// <param name="B">[outputs].</param>
/// <param name="Activation">g.</param>
/// <param name="Options">Numbers of the activation that differ from its defaults, as they stand in the attribute: <c>Alpha = 0.7</c>.</param>
/// <param name="Expression">The activation with its numbers, as operators of ONNX; null if it has no such form.</param>
internal sealed record DenseLayer(int Inputs, int Outputs, double[] W, double[] B, Activation Activation, string? Options, OnnxExpression? Expression);

/// <summary>A dense network from a file.</summary>
/// <param name="Layers">Its layers in their order, at least one.</param>
/// <param name="IsDouble">True for double precision.</param>
internal sealed record DenseModel(DenseLayer[] Layers, bool IsDouble)
{
    /// <summary>Notes of the file it comes from that go on to the new one, such as how inputs are scaled.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>The activations in their order, as text.</summary>
    public string ActivationsText => string.Join(", ", Layers.Select(static layer => layer.Activation));

    /// <summary>The sizes: inputs, then the outputs of every layer.</summary>
    public IEnumerable<int> Sizes => Layers.Select(static layer => layer.Outputs).Prepend(Layers[0].Inputs);

    /// <summary>The sizes as text: <c>[784, 128, 10]</c>.</summary>
    public string SizesText => $"[{string.Join(", ", Sizes)}]";
}
