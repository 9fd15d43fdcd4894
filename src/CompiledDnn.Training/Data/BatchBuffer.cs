using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Memory for the examples of one batch, side by side. Taken once, filled for every step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BatchBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> _x;
    private readonly AlignedBlock<T> _y;
    private readonly int[] _labels;
    private readonly T[] _weights;

    /// <summary>Takes memory for a batch.</summary>
    /// <param name="capacity">The most examples, at least 1.</param>
    /// <param name="inputSize">Numbers in an example, at least 1.</param>
    /// <param name="targetSize">Numbers in a target; 0 for class labels.</param>
    /// <param name="hasWeights">True if examples have weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small.</exception>
    /// <exception cref="OverflowException">The batch has more than 2³¹ numbers.</exception>
    public BatchBuffer(int capacity, int inputSize, int targetSize, bool hasWeights = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetSize);
        Capacity = capacity;
        InputSize = inputSize;
        TargetSize = targetSize;
        HasWeights = hasWeights;
        _x = new AlignedBlock<T>(checked(capacity * inputSize));
        _y = new AlignedBlock<T>(checked(capacity * targetSize));
        _labels = new int[HasLabels ? capacity : 0];
        _weights = new T[hasWeights ? capacity : 0];
    }

    /// <summary>The most examples that fit.</summary>
    public int Capacity { get; }

    /// <summary>The examples that are there, m.</summary>
    public int Count { get; private set; }

    /// <summary>How many more fit.</summary>
    public int Room => Capacity - Count;

    /// <summary>Numbers in an example.</summary>
    public int InputSize { get; }

    /// <summary>Numbers in a target; 0 if the targets are labels.</summary>
    public int TargetSize { get; }

    /// <summary>True if the targets are class labels.</summary>
    public bool HasLabels => TargetSize == 0;

    /// <summary>True if the examples have weights.</summary>
    public bool HasWeights { get; }

    /// <summary>The inputs, Count rows of InputSize numbers.</summary>
    public Span<T> X => _x.Slice(0, Count * InputSize);

    /// <summary>The targets, Count rows of TargetSize numbers; empty with labels.</summary>
    public Span<T> Y => _y.Slice(0, Count * TargetSize);

    /// <summary>The class labels, one for each example; empty with rows of targets.</summary>
    public Span<int> Labels => HasLabels ? _labels.AsSpan(0, Count) : default;

    /// <summary>What the examples weigh; empty without weights.</summary>
    public Span<T> Weights => HasWeights ? _weights.AsSpan(0, Count) : default;

    /// <summary>The batch as the steps of a network take it.</summary>
    internal Batch<T> Batch => new(X, Y, Labels, Count, Weights);

    /// <summary>Takes all examples out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds an example whose target is a row of numbers. It weighs 1.</summary>
    /// <param name="x">InputSize numbers; copied.</param>
    /// <param name="y">TargetSize numbers; copied.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    /// <exception cref="InvalidOperationException">The batch is full, or its targets are labels.</exception>
    public void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> y) => Add(x, y, T.One);

    /// <summary>Adds an example whose target is a row of numbers.</summary>
    /// <param name="x">InputSize numbers; copied.</param>
    /// <param name="y">TargetSize numbers; copied.</param>
    /// <param name="weight">What it weighs, where examples have weights.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    /// <exception cref="InvalidOperationException">The batch is full, or its targets are labels.</exception>
    public void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T weight)
    {
        RequireTargets(labels: false);
        Require(x, InputSize, "inputs", nameof(x));
        Require(y, TargetSize, "targets", nameof(y));
        BatchRows<T> row = Append(1);
        x.CopyTo(row.X);
        y.CopyTo(row.Y);
        row.Weights.Fill(weight);
    }

    /// <summary>Adds an example whose target is a class label. It weighs 1.</summary>
    /// <param name="x">InputSize numbers; copied.</param>
    /// <param name="label">The class, counted from 0.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">The batch is full, or its targets are rows.</exception>
    public void Add(ReadOnlySpan<T> x, int label) => Add(x, label, T.One);

    /// <summary>Adds an example whose target is a class label.</summary>
    /// <param name="x">InputSize numbers; copied.</param>
    /// <param name="label">The class, counted from 0.</param>
    /// <param name="weight">What it weighs, where examples have weights.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">The batch is full, or its targets are rows.</exception>
    public void Add(ReadOnlySpan<T> x, int label, T weight)
    {
        RequireTargets(labels: true);
        Require(x, InputSize, "inputs", nameof(x));
        BatchRows<T> row = Append(1);
        x.CopyTo(row.X);
        row.Labels[0] = label;
        row.Weights.Fill(weight);
    }

    /// <summary>Adds an example.</summary>
    /// <param name="example">The example; copied.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    /// <exception cref="InvalidOperationException">The batch is full, or its targets are of the other kind.</exception>
    public void Add(in Example<T> example)
    {
        if (example.Label is { } label)
        {
            Add(example.X.Span, label, example.Weight);
        }
        else
        {
            Add(example.X.Span, example.Y.Span, example.Weight);
        }
    }

    /// <summary>Adds examples whose numbers are written afterwards: the fastest way to add many at once.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>Their memory; whatever it held before is still there, and all of it has to be overwritten.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    /// <exception cref="InvalidOperationException">There is no room for so many.</exception>
    public BatchRows<T> Append(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count > Room)
        {
            throw new InvalidOperationException($"The batch has room for {Room} more examples of {Capacity}, but {count} were added.");
        }

        int first = Count;
        Count += count;
        return new BatchRows<T>(
            X[(first * InputSize)..], Y[(first * TargetSize)..], HasLabels ? Labels[first..] : default, HasWeights ? Weights[first..] : default);
    }

    /// <summary>Moves an example to another batch of the same kind, or nowhere; the last one takes its place.</summary>
    internal void MoveTo(BatchBuffer<T>? batch, int example)
    {
        batch?.CopyFrom(this, example);
        Count--;
        if (example < Count)
        {
            int last = Count;
            _x.Slice(last * InputSize, InputSize).CopyTo(_x.Slice(example * InputSize, InputSize));
            _y.Slice(last * TargetSize, TargetSize).CopyTo(_y.Slice(example * TargetSize, TargetSize));
            _labels.AsSpan(HasLabels ? last : 0, HasLabels ? 1 : 0).CopyTo(_labels.AsSpan(HasLabels ? example : 0));
            _weights.AsSpan(HasWeights ? last : 0, HasWeights ? 1 : 0).CopyTo(_weights.AsSpan(HasWeights ? example : 0));
        }
    }

    private void CopyFrom(BatchBuffer<T> other, int example)
    {
        ReadOnlySpan<T> x = other.X.Slice(example * InputSize, InputSize);
        T weight = other.HasWeights ? other.Weights[example] : T.One;
        if (HasLabels)
        {
            Add(x, other.Labels[example], weight);
        }
        else
        {
            Add(x, other.Y.Slice(example * TargetSize, TargetSize), weight);
        }
    }

    private void RequireTargets(bool labels)
    {
        if (labels != HasLabels)
        {
            throw new InvalidOperationException(
                HasLabels
                    ? "The targets of this source are class labels (TargetSize is 0), but a row of targets was added."
                    : $"The targets of this source are rows of {TargetSize} numbers, but a class label was added.");
        }
    }

    private static void Require(ReadOnlySpan<T> row, int size, string what, string name)
    {
        if (row.Length != size)
        {
            Throw(row.Length, size, what, name);
        }
    }

    [DoesNotReturn]
    private static void Throw(int length, int size, string what, string name) =>
        throw new ArgumentException($"Expected an example of {size} {what}, but it has {length}.", name);
}
