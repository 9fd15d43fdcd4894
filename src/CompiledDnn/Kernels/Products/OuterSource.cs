namespace CompiledDnn.Kernels;

/// <summary>Where a tile of an outer product finds its piece of Q.</summary>
internal interface IOuterSource
{
    /// <summary>True for a copy of the strip, false for the rows of Q themselves, which lie far apart.</summary>
    static abstract bool IsCopied { get; }

    /// <summary>True if each term copies a line of the next strip.</summary>
    static abstract bool Copies { get; }
}

/// <summary>The rows of Q, for the only tile that reads them.</summary>
internal readonly struct OuterFar : IOuterSource
{
    public static bool IsCopied => false;

    public static bool Copies => false;
}

/// <summary>The copy of the strip, where there is nothing left to copy.</summary>
internal readonly struct OuterCopied : IOuterSource
{
    public static bool IsCopied => true;

    public static bool Copies => false;
}

/// <summary>The copy of the strip, while the next one is copied.</summary>
internal readonly struct OuterCopying : IOuterSource
{
    public static bool IsCopied => true;

    public static bool Copies => true;
}
