using System.Globalization;

namespace CompiledDnn;

/// <summary>An activation as operators of ONNX: an expression in z, the layer's Z, such as <c>Mul(z, Sigmoid(z))</c>.</summary>
internal abstract record OnnxExpression
{
    // Expressions are graphs written as trees: a value used twice counts twice, which is what going through it costs.
    private const int MaxSize = 1000;

    /// <summary>The layer's Z.</summary>
    public static OnnxExpression Variable { get; } = new OnnxVariable();

    /// <summary>How many operators, numbers and variables it has, each as often as it is written.</summary>
    public virtual int Size => 1;

    /// <summary>True if it has more parts than any activation would.</summary>
    public bool IsTooLarge => Size > MaxSize;

    /// <summary>The names of the operators in it.</summary>
    public virtual IEnumerable<string> Operators => [];

    /// <summary>The expression as it is written in <see cref="ActivationTraitsAttribute.Onnx"/>.</summary>
    public abstract override string ToString();
}

/// <summary>The layer's Z.</summary>
internal sealed record OnnxVariable : OnnxExpression
{
    /// <inheritdoc/>
    public override string ToString() => "z";
}

/// <summary>A number, the same for every output.</summary>
/// <param name="Value">The number.</param>
internal sealed record OnnxNumber(double Value) : OnnxExpression
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An operator with its inputs and attributes.</summary>
/// <param name="Name">The operator's name, such as Sigmoid.</param>
/// <param name="Inputs">Its inputs in their order.</param>
/// <param name="Attributes">Its attributes by name.</param>
internal sealed record OnnxOperation(string Name, OnnxExpression[] Inputs, OnnxAttribute[] Attributes) : OnnxExpression
{
    /// <inheritdoc/>
    public override int Size { get; } = (int)Math.Min(int.MaxValue, 1 + Inputs.Sum(static input => (long)input.Size));

    /// <inheritdoc/>
    public override IEnumerable<string> Operators => Inputs.SelectMany(static input => input.Operators).Prepend(Name);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}({string.Join(", ", Inputs.Select(static input => input.ToString()).Concat(Attributes.Select(static a => a.ToString())))})";
}

/// <summary>A number that an operator has as an attribute.</summary>
/// <param name="Name">Its name, such as alpha.</param>
/// <param name="Value">The number.</param>
/// <param name="IsInteger">True for INT, false for FLOAT.</param>
internal sealed record OnnxAttribute(string Name, double Value, bool IsInteger)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value.ToString(CultureInfo.InvariantCulture)}{(!IsInteger && double.IsInteger(Value) ? ".0" : "")}";
}
