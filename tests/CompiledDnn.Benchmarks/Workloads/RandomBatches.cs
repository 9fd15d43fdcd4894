using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// Batches of random examples that take turns, so that a call does not find its data where the last one left it. They begin on cache
/// lines, as peers in C take their memory: vectors read across two lines cost a wide input half its speed.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RandomBatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> _x;
    private readonly AlignedBlock<T> _y;
    private readonly AlignedBlock<int> _labels;
    private readonly int _inputSize;
    private readonly int _targetSize;
    private int _current;

    /// <summary>Draws the same numbers for the same sizes.</summary>
    /// <param name="inputSize">Numbers in an example.</param>
    /// <param name="targetSize">Numbers in a target.</param>
    /// <param name="batch">Examples in a batch.</param>
    /// <param name="count">How many batches take turns.</param>
    public RandomBatches(int inputSize, int targetSize, int batch, int count)
    {
        var random = new Random(1);
        Batch = batch;
        Count = count;
        _inputSize = inputSize;
        _targetSize = targetSize;
        _x = new AlignedBlock<T>(checked(batch * inputSize * count));
        foreach (ref T number in _x.Span)
        {
            number = T.CreateTruncating(random.NextDouble());
        }

        _labels = new AlignedBlock<int>(batch * count);
        foreach (ref int label in _labels.Span)
        {
            label = random.Next(Math.Max(2, targetSize));
        }

        // A single target is its class; of several each is drawn. Peers read whole vectors, the last one beyond the end.
        int length = batch * targetSize * count;
        _y = new AlignedBlock<T>(length + ExpertBuffers.Slack);
        for (int i = 0; i < length; i++)
        {
            _y.Span[i] = T.CreateTruncating(targetSize == 1 ? _labels.Span[i] : random.Next(2));
        }
    }

    /// <summary>Examples in a batch.</summary>
    public int Batch { get; }

    /// <summary>How many batches take turns.</summary>
    public int Count { get; }

    /// <summary>The inputs of the batch whose turn it is.</summary>
    public ReadOnlySpan<T> X => _x.Slice(_current * Batch * _inputSize, Batch * _inputSize);

    /// <summary>Its targets.</summary>
    public ReadOnlySpan<T> Y => _y.Slice(_current * Batch * _targetSize, Batch * _targetSize);

    /// <summary>Its targets as classes.</summary>
    public ReadOnlySpan<int> Labels => _labels.Slice(_current * Batch, Batch);

    /// <summary>The next batch's turn.</summary>
    public void Next() => _current = _current + 1 == Count ? 0 : _current + 1;

    /// <summary>The inputs of one example in double.</summary>
    public double[] Example(int row) => [.. X.Slice(row * _inputSize, _inputSize).ToArray().Select(double.CreateTruncating)];

    /// <summary>The target of one example in double: numbers, or one, its class.</summary>
    public double[] Target(int row, bool label) =>
        label ? [Labels[row]] : [.. Y.Slice(row * _targetSize, _targetSize).ToArray().Select(double.CreateTruncating)];
}
