namespace CompiledDnn.Generator;

/// <summary>The names of the pipeline's steps, for tests that assert what is run again.</summary>
internal static class TrackingNames
{
    /// <summary>From the symbol to plain values.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>What is emitted.</summary>
    public const string Spec = nameof(Spec);

    /// <summary>What is not emitted, and why.</summary>
    public const string Refusal = nameof(Refusal);

    /// <summary>What is known of a file of weights.</summary>
    public const string Weights = nameof(Weights);

    /// <summary>What is emitted for weights inside the program.</summary>
    public const string Pretrained = nameof(Pretrained);
}
