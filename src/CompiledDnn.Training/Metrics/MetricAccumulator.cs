using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Gathers a metric over batches. Whatever the size of the batches, the same examples in the same order give the same value, to the bit.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>All that it remembers are its sums, so that they can be saved in the middle of an epoch and restored. See <see cref="Metric"/>.</remarks>
public abstract class MetricAccumulator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _fixed;
    private readonly int _perEntry;
    private double[] _numbers;
    private int _count;

    /// <summary>Makes an accumulator with sums of zero.</summary>
    /// <param name="sums">How many sums it keeps.</param>
    /// <param name="perEntry">For one that keeps a list, too, how many numbers an entry of it has.</param>
    protected MetricAccumulator(int sums, int perEntry = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sums);
        ArgumentOutOfRangeException.ThrowIfNegative(perEntry);
        _fixed = sums;
        _perEntry = perEntry;
        _numbers = new double[sums];
        _count = sums;
    }

    /// <summary>What the batches since the last <see cref="Reset"/> came to.</summary>
    public abstract double Value { get; }

    /// <summary>All that is remembered; <see cref="Restore"/> takes it back.</summary>
    public virtual ReadOnlySpan<double> State => _numbers.AsSpan(0, _count);

    /// <summary>The sums, zero at first.</summary>
    protected Span<double> Sums => _numbers.AsSpan(0, _fixed);

    /// <summary>The list, one entry after the other.</summary>
    protected ReadOnlySpan<double> Entries => _numbers.AsSpan(_fixed, _count - _fixed);

    /// <summary>Takes a batch into account.</summary>
    /// <param name="batch">Outputs and targets.</param>
    public abstract void Add(MetricBatch<T> batch);

    /// <summary>Takes one example into account.</summary>
    /// <param name="output">Its outputs.</param>
    /// <param name="target">Its target.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(ReadOnlySpan<T> output, ReadOnlySpan<T> target, double weight = 1)
    {
        T w = T.CreateTruncating(weight);
        Add(MetricBatch.FromRows(output, output.Length, target, target.Length, new ReadOnlySpan<T>(in w)));
    }

    /// <summary>Takes one example into account.</summary>
    /// <param name="output">Its outputs.</param>
    /// <param name="label">Its class.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(ReadOnlySpan<T> output, int label, double weight = 1)
    {
        T w = T.CreateTruncating(weight);
        Add(MetricBatch.FromLabels(output, output.Length, new ReadOnlySpan<int>(in label), new ReadOnlySpan<T>(in w)));
    }

    /// <summary>Forgets all batches. The memory of a list is kept.</summary>
    public virtual void Reset()
    {
        Sums.Clear();
        _count = _fixed;
    }

    /// <summary>Goes on from where another accumulator of the same metric and shape was.</summary>
    /// <param name="state">Its <see cref="State"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than such a state has; nothing was changed.</exception>
    public virtual void Restore(ReadOnlySpan<double> state)
    {
        int list = state.Length - _fixed;
        if (list < 0 || (_perEntry == 0 ? list != 0 : list % _perEntry != 0))
        {
            string expected = _perEntry == 0 ? $"{_fixed} numbers" : $"{_fixed} numbers and {_perEntry} for each example";
            throw new ArgumentException($"MetricAccumulator.Restore: expected {expected}, but there are {state.Length}.", nameof(state));
        }

        Reserve(state.Length);
        state.CopyTo(_numbers);
        _count = state.Length;
    }

    /// <summary>Adds entries to the list.</summary>
    /// <param name="entries">How many.</param>
    /// <returns>Their numbers, to be written.</returns>
    protected Span<double> Append(int entries)
    {
        int start = _count;
        int length = checked(entries * _perEntry);
        Reserve(checked(start + length));
        _count += length;
        return _numbers.AsSpan(start, length);
    }

    private void Reserve(int length)
    {
        if (length > _numbers.Length)
        {
            Array.Resize(ref _numbers, (int)Math.Min(Array.MaxLength, Math.Max(length, 2L * _numbers.Length)));
        }
    }
}
