namespace CompiledDnn;

/// <summary>What each operator makes of its inputs, as far as dense networks use it. Everything else is refused by name.</summary>
internal static class OnnxOperators
{
    /// <summary>The value that a node makes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="activationOperators">Operators that activations may use beside the usual ones.</param>
    /// <exception cref="NetworkFileException">A dense network has no such node.</exception>
    public static OnnxValue Apply(OnnxNode node, IReadOnlySet<string> activationOperators) => node.Operator switch
    {
        "Gemm" => OnnxLayers.Gemm(node),
        "MatMul" => OnnxLayers.MatMul(node),
        "BatchNormalization" => OnnxLayers.BatchNormalization(node),
        "Flatten" => OnnxShaping.Flatten(node),
        "Reshape" => OnnxShaping.Reshape(node),
        "Transpose" => OnnxShaping.Transpose(node),
        "Identity" => OnnxShaping.Identity(node),
        "Dropout" => OnnxShaping.Dropout(node),
        "Cast" => OnnxShaping.Cast(node),
        "Constant" => OnnxShaping.Constant(node),
        _ => OnnxElementwise.Apply(node, activationOperators),
    };
}
