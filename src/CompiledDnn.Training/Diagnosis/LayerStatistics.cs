namespace CompiledDnn;

/// <summary>What one layer does over a data set.</summary>
/// <remarks>A root mean square is taken over all examples and units, or over all weights; padding does not count.</remarks>
public sealed record LayerStatistics
{
    /// <summary>The layer, counted from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>The name of its activation.</summary>
    public required string Activation { get; init; }

    /// <summary>n[l], its outputs.</summary>
    public required int Units { get; init; }

    /// <summary>The mean of A over all examples and units.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of A over all examples and units.</summary>
    public required double Deviation { get; init; }

    /// <summary>
    /// What examples differ by: the standard deviation of each unit over the examples, as a root mean square over the units. It is zero where
    /// every example gives the same A, whatever that is.
    /// </summary>
    public required double Variation { get; init; }

    /// <summary>The units, counted from 0, that give 0 for every example, and so pass nothing up or down; empty for activations that are never 0.</summary>
    public required IReadOnlyList<int> DeadUnits { get; init; }

    /// <summary>
    /// The share of A, over examples and units, where the derivative of a sigmoid or tanh is less than a twentieth of its largest; null for
    /// other activations.
    /// </summary>
    public required double? SaturatedShare { get; init; }

    /// <summary>The root mean square of DZ, without a 1/m.</summary>
    public required double GradientSize { get; init; }

    /// <summary>DZ's root mean square as a multiple of the last layer's; not a number if that is zero.</summary>
    public required double GradientRatio { get; init; }

    /// <summary>The root mean square of DW, the gradient of the cost over all examples.</summary>
    public required double WeightGradientSize { get; init; }

    /// <summary>
    /// The root mean square of W times √n[l−1]: by what factor a layer of random weights makes its inputs larger or smaller. About √2 keeps
    /// signals their size behind ReLU, 1 behind tanh.
    /// </summary>
    public required double Gain { get; init; }

    /// <summary>Numbers of A that are infinite or not a number; where there are any, the other figures say little.</summary>
    public required long NotFinite { get; init; }
}
