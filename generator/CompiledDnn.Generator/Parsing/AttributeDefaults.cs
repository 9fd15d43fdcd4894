namespace CompiledDnn.Generator.Parsing;

/// <summary>
/// The defaults that the runtime's attributes set in code, which metadata does not show. A test compares them with the attributes.
/// </summary>
internal static class AttributeDefaults
{
    public const string Hidden = "ReLU";
    public const string Output = "Sigmoid";
    public const string DefaultLoss = "MeanSquaredError";
    public const string Initializer = "Glorot";
    public const int OutputsPerTarget = 1;
}
