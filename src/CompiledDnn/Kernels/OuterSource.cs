namespace CompiledDnn.Kernels;

/// <summary>Where a tile of an outer product finds its piece of Q.</summary>
internal interface IOuterSource
{
    /// <summary>True for the rows of Q themselves, which lie far apart.</summary>
    static abstract bool IsFar { get; }

    /// <summary>True if there is a copy: the tile that reads the rows themselves leaves it, the others read it.</summary>
    static abstract bool IsCopied { get; }
}

/// <summary>The rows of Q, for the only tile that reads them.</summary>
internal readonly struct OuterFar : IOuterSource
{
    public static bool IsFar => true;

    public static bool IsCopied => false;
}

/// <summary>The rows of Q, for the first of several tiles: it leaves a copy.</summary>
internal readonly struct OuterFarCopied : IOuterSource
{
    public static bool IsFar => true;

    public static bool IsCopied => true;
}

/// <summary>The copy.</summary>
internal readonly struct OuterNear : IOuterSource
{
    public static bool IsFar => false;

    public static bool IsCopied => true;
}
