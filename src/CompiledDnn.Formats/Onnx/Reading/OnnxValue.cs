namespace CompiledDnn;

/// <summary>What is known of a value of the graph while its nodes are gone through.</summary>
internal abstract record OnnxValue;

/// <summary>A constant.</summary>
/// <param name="Tensor">Its numbers.</param>
internal sealed record OnnxConstant(OnnxTensor Tensor) : OnnxValue;

/// <summary>The inputs of the network, or Z of a layer.</summary>
/// <param name="Node">The node that makes it, for messages.</param>
/// <param name="Before">What the layer reads; null for the inputs.</param>
/// <param name="Width">How many numbers an example has; −1 where a model does not say how many inputs it takes.</param>
/// <param name="W">The layer's weights, [outputs, inputs]; empty for the inputs.</param>
/// <param name="B">The layer's biases; empty for the inputs.</param>
/// <param name="HasBias">True if a bias was added.</param>
internal sealed record OnnxStage(string Node, OnnxRows? Before, int Width, double[] W, double[] B, bool HasBias)
{
    /// <summary>True for the inputs of the network.</summary>
    public bool IsInput => Before is null;
}

/// <summary>A row for each example: scale · g(Z) + shift, Z being what a layer makes or the inputs of the network.</summary>
/// <param name="Stage">What makes Z.</param>
/// <param name="Expression">g.</param>
/// <param name="Scale">What each number is multiplied by, or null.</param>
/// <param name="Shift">What is added to each number then; null together with the scale.</param>
/// <param name="IsMatrix">True if it has one row for an example; false before inputs of more dimensions are flattened.</param>
internal sealed record OnnxRows(OnnxStage Stage, OnnxExpression Expression, double[]? Scale, double[]? Shift, bool IsMatrix) : OnnxValue
{
    /// <summary>Numbers of one example.</summary>
    public int Width => Stage.Width;

    /// <summary>The rows multiplied by numbers, one for each place, and others added: folded into the layer if its activation has not come yet.</summary>
    public OnnxRows Affine(double[] scale, double[] shift)
    {
        if (!Stage.IsInput && Expression is OnnxVariable && Scale is null)
        {
            int inputs = Stage.W.Length / Width;
            double[] w = [.. Stage.W.Select((number, at) => number * scale[at / inputs])];
            double[] b = [.. Stage.B.Select((number, at) => (number * scale[at]) + shift[at])];
            return this with { Stage = Stage with { W = w, B = b, HasBias = true } };
        }

        return Scale is null || Shift is null
            ? this with { Scale = scale, Shift = shift }
            : this with
            {
                Scale = [.. Scale.Zip(scale, static (a, b) => a * b)],
                Shift = [.. Shift.Select((number, at) => (number * scale[at]) + shift[at])],
            };
    }

    /// <summary>What a layer with these weights makes of the rows.</summary>
    /// <param name="node">The node, for messages.</param>
    /// <param name="w">[outputs, width].</param>
    /// <param name="b">The biases.</param>
    /// <param name="hasBias">True if they are more than zeros.</param>
    public OnnxRows Through(string node, double[] w, double[] b, bool hasBias)
    {
        int inputs = w.Length / b.Length;
        OnnxStage stage = new(node, this, b.Length, w, b, hasBias);
        if (Scale is { } scale && Shift is { } shift)
        {
            // W (s ∘ a + t) + b = (W s) a + (W t + b)
            double[] folded = [.. w.Select((number, at) => number * scale[at % inputs])];
            double[] biases = [.. b.Select((number, o) => number + Dot(w.AsSpan(o * inputs, inputs), shift))];
            stage = stage with { W = folded, B = biases };
        }

        return new(stage, OnnxExpression.Variable, null, null, IsMatrix: true);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
