using System.Numerics;

namespace CompiledDnn;

/// <summary>Some examples of a source, as a source of their own that copies nothing.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DataSubset<T> : IRandomAccessSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _examples;

    internal DataSubset(IRandomAccessSource<T> source, int[] examples)
    {
        // A subset of a subset is one of what is below, so that a batch is never looked up twice.
        if (source is DataSubset<T> subset)
        {
            examples = Array.ConvertAll(examples, example => subset._examples[example]);
            source = subset.Source;
        }

        Source = source;
        _examples = examples;
    }

    /// <summary>What the examples are taken from.</summary>
    public IRandomAccessSource<T> Source { get; }

    /// <summary>Which examples of <see cref="Source"/>, in their order.</summary>
    public ReadOnlySpan<int> Examples => _examples;

    /// <inheritdoc/>
    public int InputSize => Source.InputSize;

    /// <inheritdoc/>
    public int TargetSize => Source.TargetSize;

    /// <inheritdoc/>
    public bool HasWeights => Source.HasWeights;

    /// <summary>The number of examples.</summary>
    public int Count => _examples.Length;

    /// <inheritdoc/>
    long IRandomAccessSource<T>.Count => Count;

    /// <inheritdoc/>
    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch)
    {
        Span<long> part = stackalloc long[128];
        while (!examples.IsEmpty)
        {
            part = part[..Math.Min(part.Length, examples.Length)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = _examples[examples[i]];
            }

            Source.CopyExamples(part, batch);
            examples = examples[part.Length..];
        }
    }

    /// <summary>Copies the examples to memory of their own.</summary>
    /// <exception cref="OverflowException">They have more than 2³¹ numbers.</exception>
    public Dataset<T> ToDataset() => Dataset.Load(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} examples of {Source}";
}
