using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>An operator of an activation as an expression, written as <see cref="ActivationTraitsAttribute.Onnx"/> writes it.</summary>
internal static class OnnxOperatorForms
{
    private const double RootOfTwo = 1.4142135623730951;

    // Since this operator set softmax is along one axis, by default the last; before, along all from the axis on. The same for rows.
    private const long LastAxis = 1;

    /// <summary>The expression, with the attributes that the file leaves out.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs.</param>
    public static OnnxExpression Of(OnnxNode node, OnnxExpression[] inputs)
    {
        switch (node.Operator, inputs)
        {
            case ("LeakyRelu", [_]):
                node.CheckAttributes("alpha");
                return Call(node, inputs, new OnnxAttribute("alpha", node.Number("alpha", 0.01f), IsInteger: false));
            case ("Elu", [_]):
                node.CheckAttributes("alpha");
                return Call(node, inputs, new OnnxAttribute("alpha", node.Number("alpha", 1), IsInteger: false));
            case ("Softmax", [_]):
                node.CheckAttributes("axis");
                return Math.Abs(node.Integer("axis", LastAxis)) == LastAxis
                    ? Call(node, inputs, new OnnxAttribute("axis", LastAxis, IsInteger: true))
                    : throw node.Bad($"goes along axis {node.Integer("axis", LastAxis)}; expected the outputs, {LastAxis}");
            case ("Gelu", [var z]):
                node.CheckAttributes("approximate");
                return node.Word("approximate", "none") == "none" ? Gelu(z) : throw node.Bad("is the approximation by tanh; the exact form is read");
            case ("Swish", [var z]):
                node.CheckAttributes("alpha");
                return Multiply(z, new OnnxOperation("Sigmoid", [Multiply(new OnnxNumber(node.Number("alpha", 1)), z)], []));
            default:
                return Call(node, inputs, Numbers(node));
        }
    }

    private static OnnxOperation Call(OnnxNode node, OnnxExpression[] inputs, params OnnxAttribute[] attributes) => new(node.Operator, inputs, attributes);

    // z · (erf(z / √2) + 1) · ½
    private static OnnxOperation Gelu(OnnxExpression z)
    {
        var erf = new OnnxOperation("Erf", [new OnnxOperation("Div", [z, new OnnxNumber(RootOfTwo)], [])], []);
        return Multiply(Multiply(z, new OnnxOperation("Add", [erf, new OnnxNumber(1)], [])), new OnnxNumber(0.5));
    }

    private static OnnxOperation Multiply(OnnxExpression a, OnnxExpression b) => new("Mul", [a, b], []);

    private static OnnxAttribute[] Numbers(OnnxNode node) =>
    [
        .. node.Proto.Attribute.Select(attribute => attribute.Type switch
        {
            AttributeProto.Types.AttributeType.Float => new OnnxAttribute(attribute.Name, attribute.F, IsInteger: false),
            AttributeProto.Types.AttributeType.Int => new OnnxAttribute(attribute.Name, attribute.I, IsInteger: true),
            _ => throw node.Bad($"has the attribute '{attribute.Name}' of the type {attribute.Type}, which no activation here has"),
        }),
    ];
}
