namespace CompiledDnn.Kernels;

/// <summary>Whether the examples of a batch have weights, as a constant.</summary>
internal interface IWeighting
{
    /// <summary>True if they have.</summary>
    static abstract bool IsGiven { get; }
}

/// <summary>Every example counts the same.</summary>
internal readonly struct Unweighted : IWeighting
{
    public static bool IsGiven => false;
}

/// <summary>Each example has a weight of its own.</summary>
internal readonly struct Weighted : IWeighting
{
    public static bool IsGiven => true;
}
