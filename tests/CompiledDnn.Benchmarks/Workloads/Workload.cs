using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>Something that is timed: one step of training or one prediction, on data that changes from call to call.</summary>
/// <param name="Name">Its name in the table, such as T1.</param>
/// <param name="Description">What it is.</param>
/// <param name="Sizes">The network's sizes.</param>
/// <param name="Batch">Examples in a call.</param>
/// <param name="IsTraining">True for a step, false for a prediction.</param>
/// <param name="IsDouble">True for double precision.</param>
/// <param name="Batches">How many batches take turns.</param>
/// <param name="HasPlainPeer">True if a peer with ReLU layers and plain gradient descent does the same.</param>
/// <param name="Start">Makes the action that is timed.</param>
internal sealed record Workload(
    string Name,
    string Description,
    int[] Sizes,
    int Batch,
    int Batches,
    bool IsTraining,
    bool IsDouble,
    bool HasPlainPeer,
    Func<Action> Start)
{
    /// <summary>Floating-point operations of one call: forward, gradient, and backward but for layer 1.</summary>
    public double Operations
    {
        get
        {
            double forward = 0;
            for (int l = 1; l < Sizes.Length; l++)
            {
                forward += 2.0 * Sizes[l - 1] * Sizes[l];
            }

            return Batch * (IsTraining ? (3 * forward) - (2.0 * Sizes[0] * Sizes[1]) : forward);
        }
    }
}

/// <summary>
/// Batches of random examples that take turns, so that a call does not find its data where the last one left it. They begin on cache
/// lines, as peers in C take their memory: vectors read across two lines cost a wide input half its speed.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RandomBatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> _x;
    private readonly T[] _y;
    private readonly int[] _labels;
    private readonly int _xLength;
    private readonly int _yLength;
    private readonly int _batch;
    private readonly int _count;
    private int _current;

    public RandomBatches(NetworkShape shape, int batch, int count)
        : this(shape.InputSize, shape.TargetSize, shape.OutputSize, batch, count)
    {
    }

    public RandomBatches(int inputSize, int targetSize, int classes, int batch, int count)
    {
        var random = new Random(1);
        _batch = batch;
        _count = count;
        _xLength = batch * inputSize;
        _yLength = batch * targetSize;
        _x = new AlignedBlock<T>(_xLength * count);
        Fill(_x.Span, () => random.NextDouble());
        _y = new T[_yLength * count];
        Fill(_y, () => random.Next(2));
        _labels = new int[batch * count];
        for (int i = 0; i < _labels.Length; i++)
        {
            _labels[i] = random.Next(classes);
        }
    }

    public ReadOnlySpan<T> X => _x.Slice(_current * _xLength, _xLength);

    public ReadOnlySpan<T> Y => _y.AsSpan(_current * _yLength, _yLength);

    public ReadOnlySpan<int> Labels => _labels.AsSpan(_current * _batch, _batch);

    public void Next() => _current = _current + 1 == _count ? 0 : _current + 1;

    private static void Fill(Span<T> numbers, Func<double> draw)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = T.CreateTruncating(draw());
        }
    }
}
