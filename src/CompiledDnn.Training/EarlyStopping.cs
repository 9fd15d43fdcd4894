namespace CompiledDnn;

/// <summary>
/// Stops training once it gets no better, and gives the network the best weights that it had after any epoch. What is watched is a
/// metric or the cost, of the validation data where there is any, else of the training data.
/// </summary>
/// <remarks>L. Prechelt, "Early Stopping - But When?", 1998.</remarks>
public sealed record EarlyStopping
{
    /// <summary>What is watched; measured even if it is not among the metrics of the options. Default: null, the cost.</summary>
    public Metric? Metric { get; init; }

    /// <summary>
    /// Epochs in a row without an improvement after which training stops, at least 1; <see cref="int.MaxValue"/> to keep the best weights
    /// and never stop. Default: 10.
    /// </summary>
    public int Patience { get; init; } = 10;

    /// <summary>How much better than the best so far counts as an improvement, finite and not negative: more than this. Default: 0.</summary>
    public double MinChange { get; init; }

    /// <summary>True to end with the weights of the best epoch, false to keep those of the last step. Default: true.</summary>
    public bool RestoreBest { get; init; } = true;
}
