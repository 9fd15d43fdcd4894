namespace CompiledDnn;

/// <summary>How the picture of a cost curve looks.</summary>
public sealed record CostCurveOptions
{
    /// <summary>The title. Default: the learning rate, as the notebook's course has it.</summary>
    public string? Title { get; init; }

    /// <summary>A metric to draw beside the cost, with an axis of its own to the right: <c>"accuracy"</c>, or one that was asked for. Default: none.</summary>
    public string? Metric { get; init; }

    /// <summary>True for a logarithmic scale of the cost; costs that are not above zero then leave a gap. Default: false.</summary>
    public bool LogScale { get; init; }

    /// <summary>The width in pixels, at least 240. Default: 720.</summary>
    public int Width { get; init; } = 720;

    /// <summary>The height in pixels, at least 160. Default: 420.</summary>
    public int Height { get; init; } = 420;
}
