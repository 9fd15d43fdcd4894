namespace CompiledDnn;

/// <summary>A dense layer of a model: Z = W A + b, A = g(Z).</summary>
/// <param name="Node">The node that makes Z, for messages.</param>
/// <param name="Inputs">n[l−1].</param>
/// <param name="Outputs">n[l].</param>
/// <param name="W">[outputs, inputs], the inputs side by side.</param>
/// <param name="B">[outputs].</param>
/// <param name="Activation">g.</param>
internal sealed record OnnxLayer(string Node, int Inputs, int Outputs, double[] W, double[] B, OnnxExpression Activation);

/// <summary>A dense network as it was found in a model.</summary>
/// <param name="Layers">Its layers in their order, at least one.</param>
/// <param name="IsDouble">True if the file has weights in double precision.</param>
internal sealed record OnnxNetwork(OnnxLayer[] Layers, bool IsDouble)
{
    /// <summary>The sizes: inputs, then the outputs of every layer.</summary>
    public string SizesText => $"[{string.Join(", ", Layers.Select(static layer => layer.Outputs).Prepend(Layers[0].Inputs))}]";
}
