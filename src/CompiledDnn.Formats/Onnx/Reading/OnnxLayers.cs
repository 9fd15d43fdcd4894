namespace CompiledDnn;

/// <summary>The operators that are a layer, or are folded into one.</summary>
internal static class OnnxLayers
{
    private const float DefaultEpsilon = 1e-5f;

    /// <summary>alpha · X W + beta · b.</summary>
    public static OnnxRows Gemm(OnnxNode node)
    {
        node.CheckInputs(2, 3);
        node.CheckAttributes("alpha", "beta", "transA", "transB", "broadcast");
        if (node.Integer("transA", 0) != 0)
        {
            throw node.Bad("exchanges rows and columns of its first input (transA), which no dense layer does");
        }

        OnnxTensor weights = Matrix(node, 1);
        OnnxTensor byOutput = node.Integer("transB", 0) != 0 ? weights : weights.Transposed();
        OnnxRows rows = Rows(node, 0, byOutput.Shape[1]);
        int outputs = byOutput.Shape[0];
        double[] b = node.Has(2) ? Spread(node, node.Constant(2), outputs) : new double[outputs];
        return rows.Through(
            node.Text, Scaled(byOutput.Numbers, node.Number("alpha", 1)), Scaled(b, node.Number("beta", 1)), hasBias: node.Has(2));
    }

    /// <summary>X W; an Add may follow.</summary>
    public static OnnxRows MatMul(OnnxNode node)
    {
        node.CheckInputs(2, 2);
        node.CheckAttributes();
        OnnxTensor byOutput = Matrix(node, 1).Transposed();
        OnnxRows rows = Rows(node, 0, byOutput.Shape[1]);
        return rows.Through(node.Text, byOutput.Numbers, new double[byOutput.Shape[0]], hasBias: false);
    }

    /// <summary>γ (x − μ) / √(σ² + ε) + β with what was gathered in training: s x + t.</summary>
    public static OnnxRows BatchNormalization(OnnxNode node)
    {
        node.CheckInputs(5, 5);
        node.CheckAttributes("epsilon", "momentum", "training_mode", "spatial");
        if (node.Integer("training_mode", 0) != 0 || node.Proto.Output.Count > 1)
        {
            throw node.Bad("normalises by the batch at hand; export the model in inference mode");
        }

        OnnxTensor gamma = node.Constant(1);
        int width = gamma.Numbers.Length;
        OnnxRows rows = Rows(node, 0, width);
        double[] beta = Spread(node, node.Constant(2), width);
        double[] mean = Spread(node, node.Constant(3), width);
        double[] variance = Spread(node, node.Constant(4), width);
        double epsilon = node.Number("epsilon", DefaultEpsilon);
        double[] scale = [.. gamma.Numbers.Select((g, i) => g / Math.Sqrt(variance[i] + epsilon))];
        double[] shift = [.. beta.Select((b, i) => b - (mean[i] * scale[i]))];
        return rows.Affine(scale, shift);
    }

    /// <summary>The numbers of a constant, one for each of so many outputs: it has as many, or one for all.</summary>
    public static double[] Spread(OnnxNode node, OnnxTensor tensor, int width)
    {
        // [n] and [1, n], not [n, 1], which would go down the rows.
        bool fits = tensor.IsNumber || (tensor.Numbers.Length == width && tensor.Shape[^1] == width);
        if (!fits)
        {
            throw node.Bad($"has the constant '{tensor.Name}' of shape {tensor.ShapeText}, but its values are {width} wide");
        }

        return tensor.Numbers.Length == width ? tensor.Numbers : [.. Enumerable.Repeat(tensor.Numbers[0], width)];
    }

    // The rows that a layer reads; of inputs whose width the model does not say, it is the layer's.
    private static OnnxRows Rows(OnnxNode node, int index, int width)
    {
        OnnxRows rows = node.Rows(index);
        if (!rows.IsMatrix)
        {
            throw node.Bad("reads inputs that are not [batch, features]; a Flatten was expected before it");
        }

        if (rows.Stage.IsInput && rows.Expression is not OnnxVariable)
        {
            throw node.Bad($"reads {rows.Expression} of the inputs, but a dense network begins with a layer");
        }

        if (rows.Width < 0)
        {
            return rows with { Stage = rows.Stage with { Width = width } };
        }

        return rows.Width == width
            ? rows
            : throw node.Bad($"is for {width} numbers an example, but {(rows.Stage.IsInput ? "an input has" : $"the {rows.Stage.Node} gives")} {rows.Width}");
    }

    private static OnnxTensor Matrix(OnnxNode node, int index)
    {
        OnnxTensor tensor = node.Constant(index);
        bool isMatrix = tensor.Shape is [> 0, > 0] && OnnxElementType.IsForWeights(tensor.ElementType);
        return isMatrix
            ? tensor
            : throw node.Bad(
                $"has the weights '{tensor.Name}' of shape {tensor.ShapeText} and type {OnnxElementType.NameOf(tensor.ElementType)}; a matrix of FLOAT, DOUBLE or FLOAT16 was expected");
    }

    private static double[] Scaled(double[] numbers, double scale) => scale == 1 ? numbers : [.. numbers.Select(number => number * scale)];
}
