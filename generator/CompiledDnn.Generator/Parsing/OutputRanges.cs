namespace CompiledDnn.Generator.Parsing;

/// <summary>
/// The values of the runtime's OutputRange: each range lies within those before it, so that a larger one satisfies a smaller.
/// </summary>
internal static class OutputRanges
{
    public const int Any = 0;
    public const int Probability = 1;
    public const int Distribution = 2;

    public static string Describe(int range) => range switch
    {
        Distribution => "probabilities that add up to 1",
        Probability => "numbers between 0 and 1",
        _ => "any numbers",
    };

    /// <summary>The member of NetworkTask that a loss's requirement means.</summary>
    public static string Task(int range) => range switch
    {
        Distribution => "Classification",
        Probability => "BinaryClassification",
        _ => "Regression",
    };
}
