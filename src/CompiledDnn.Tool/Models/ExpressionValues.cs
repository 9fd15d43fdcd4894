namespace CompiledDnn.Tool.Models;

/// <summary>Works out an activation from its form in ONNX, for the outputs of one example.</summary>
internal static class ExpressionValues
{
    /// <summary>The numbers that an expression is.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="z">The layer's Z.</param>
    /// <returns>Null if it has an operator that is not known here.</returns>
    public static double[]? Of(OnnxExpression expression, double[] z)
    {
        switch (expression)
        {
            case OnnxVariable:
                return z;
            case OnnxNumber number:
                return [.. z.Select(_ => number.Value)];
        }

        var operation = (OnnxOperation)expression;
        double[]?[] inputs = [.. operation.Inputs.Select(input => Of(input, z))];
        double alpha = operation.Attributes.FirstOrDefault(static attribute => attribute.Name == "alpha")?.Value ?? double.NaN;
        return inputs switch
        {
            [{ } a] => One(operation.Name, a, alpha),
            [{ } a, { } b] => Two(operation.Name, a, b),
            _ => null,
        };
    }

    private static double[]? One(string name, double[] a, double alpha) => name switch
    {
        "Relu" => [.. a.Select(static z => Math.Max(z, 0))],
        "LeakyRelu" => [.. a.Select(z => z < 0 ? alpha * z : z)],
        "Elu" => [.. a.Select(z => z < 0 ? alpha * (Math.Exp(z) - 1) : z)],
        "Sigmoid" => [.. a.Select(static z => 1 / (1 + Math.Exp(-z)))],
        "Tanh" => [.. a.Select(Math.Tanh)],
        "Softplus" => [.. a.Select(static z => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))))],
        "Erf" => [.. a.Select(Erf)],
        "Softmax" => Softmax(a),
        _ => null,
    };

    private static double[]? Two(string name, double[] a, double[] b) => name switch
    {
        "Add" => [.. a.Zip(b, static (x, y) => x + y)],
        "Mul" => [.. a.Zip(b, static (x, y) => x * y)],
        "Div" => [.. a.Zip(b, static (x, y) => x / y)],
        _ => null,
    };

    private static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double[] powers = [.. z.Select(number => Math.Exp(number - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    // 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms all have the sign of x (Abramowitz and Stegun, "Handbook of Mathematical Functions",
    // 7.1.6). From 6 on it is 1 in double precision.
    private static double Erf(double x)
    {
        if (!(Math.Abs(x) < 6))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double sum = x;
        double term = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
