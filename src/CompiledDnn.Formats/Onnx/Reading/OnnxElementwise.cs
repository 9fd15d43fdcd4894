namespace CompiledDnn;

/// <summary>The operators on each number by itself: parts of activations, and scaling by constants.</summary>
internal static class OnnxElementwise
{
    // As models have them; which of the activations they add up to a network has is decided when the model is compared with it.
    private static readonly HashSet<string> Known =
    [
        "Abs", "Add", "Clip", "Div", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "LogSoftmax", "Max", "Min",
        "Mish", "Mul", "Neg", "Pow", "Reciprocal", "Relu", "Selu", "Sigmoid", "Softmax", "Softplus", "Softsign", "Sqrt", "Sub", "Swish", "Tanh",
    ];

    /// <summary>The value that a node makes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="more">Operators that are known beside the usual ones.</param>
    public static OnnxRows Apply(OnnxNode node, IReadOnlySet<string> more)
    {
        if (!Known.Contains(node.Operator) && !more.Contains(node.Operator))
        {
            throw node.Bad("is no operator of a dense network; Gemm, MatMul, Add, activations and BatchNormalization are read");
        }

        OnnxRows[] rows = [.. node.Inputs.OfType<OnnxRows>()];
        if (rows.Length == 0)
        {
            throw node.Bad("works on constants alone; export the model with constants folded");
        }

        OnnxRows first = rows[0];
        if (rows.Length == 1 && node is { Operator: "Add" or "Sub" or "Mul" or "Div", Inputs.Length: 2 } && Scaled(node, first) is { } scaled)
        {
            return scaled;
        }

        if (rows.Any(other => !ReferenceEquals(other.Stage, first.Stage)))
        {
            throw node.Bad("joins the values of two layers, which a chain of dense layers does not");
        }

        if (rows.Any(static other => other.Scale is not null))
        {
            throw node.Bad($"works on values that were scaled after the activation {first.Expression}, which a dense network cannot do");
        }

        OnnxExpression expression = OnnxOperatorForms.Of(node, [.. node.Inputs.Select(input => Part(node, input))]);
        return expression.IsTooLarge ? throw node.Bad("belongs to an activation of more than a thousand parts") : first with { Expression = expression };
    }

    // Rows times or plus a constant: part of a layer where it cannot be part of an activation. Null if it is left to the activation.
    private static OnnxRows? Scaled(OnnxNode node, OnnxRows rows)
    {
        bool isSecond = node.Inputs[0] is OnnxConstant;
        OnnxTensor constant = node.Constant(isSecond ? 0 : 1);
        bool isSum = node.Operator is "Add" or "Sub";
        bool isBias = isSum && rows is { Stage: { IsInput: false, HasBias: false }, Expression: OnnxVariable, Scale: null };
        bool isVector = !constant.IsNumber;
        bool isOutside = rows.Stage.IsInput || rows.Scale is not null;
        if (!(isBias || isVector || isOutside) || (node.Operator == "Div" && isSecond))
        {
            return null;
        }

        if (rows.Width < 0)
        {
            rows = isVector
                ? rows with { Stage = rows.Stage with { Width = constant.Numbers.Length } }
                : throw node.Bad("scales inputs of which the model does not say how many there are");
        }

        double[] numbers = OnnxLayers.Spread(node, constant, rows.Width);
        double[] ones = [.. Enumerable.Repeat(1.0, rows.Width)];
        double[] negated = [.. numbers.Select(static number => -number)];
        return node.Operator switch
        {
            "Add" => rows.Affine(ones, numbers),
            "Sub" when isSecond => rows.Affine([.. ones.Select(static one => -one)], numbers),
            "Sub" => rows.Affine(ones, negated),
            "Mul" => rows.Affine(numbers, new double[rows.Width]),
            _ => rows.Affine([.. numbers.Select(static number => 1 / number)], new double[rows.Width]),
        };
    }

    private static OnnxExpression Part(OnnxNode node, OnnxValue? input) => input switch
    {
        OnnxRows rows => rows.Expression,
        OnnxConstant { Tensor.IsNumber: true } constant => new OnnxNumber(constant.Tensor.Numbers[0]),
        OnnxConstant constant => throw node.Bad(
            $"has the constant '{constant.Tensor.Name}' of shape {constant.Tensor.ShapeText} in an activation, where one number was expected"),
        _ => throw node.Bad("leaves out an input that an activation needs"),
    };
}
