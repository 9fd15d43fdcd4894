namespace CompiledDnn;

/// <summary>Some examples with their targets, as the steps of a network take them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">m rows of inputs.</param>
/// <param name="y">m rows of targets; empty with labels.</param>
/// <param name="labels">m labels; empty with rows of targets.</param>
/// <param name="count">m.</param>
/// <param name="weights">What the m examples weigh; empty without weights.</param>
internal readonly ref struct Batch<T>(
    ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<int> labels, int count, ReadOnlySpan<T> weights = default)
    where T : unmanaged
{
    public ReadOnlySpan<T> X { get; } = x;

    public ReadOnlySpan<T> Y { get; } = y;

    public ReadOnlySpan<int> Labels { get; } = labels;

    public ReadOnlySpan<T> Weights { get; } = weights;

    /// <summary>m.</summary>
    public int Count { get; } = count;

    /// <summary>True if the targets are labels. A batch has at least one example, so the empty span is the one not used.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>True if the examples have weights.</summary>
    public bool HasWeights => !Weights.IsEmpty;
}
