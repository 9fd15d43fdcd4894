using System.Numerics;

namespace CompiledDnn;

/// <content>Sources that are not in memory, and sources made of others.</content>
public static partial class Dataset
{
    /// <summary>Streams a sequence of examples. It is enumerated anew for each epoch, so it must be one that can be.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="examples">The examples, in a fixed order.</param>
    /// <param name="inputSize">Numbers in an example, at least 1.</param>
    /// <param name="targetSize">Numbers in a target; 0 for class labels.</param>
    /// <param name="shuffleBuffer">How many examples wait in memory to be drawn at random where <c>Shuffle</c> is true; 0 to keep their order.</param>
    /// <param name="count">How many examples there are; null if that is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static IDataSource<T> FromEnumerable<T>(
        IEnumerable<Example<T>> examples, int inputSize, int targetSize, int shuffleBuffer = 0, long? count = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Enumerated(examples, inputSize, targetSize, shuffleBuffer, count, hasWeights: false);

    /// <summary>Streams a sequence of examples of which each has its own weight. It is enumerated anew for each epoch, so it must be one that can be.</summary>
    /// <inheritdoc cref="FromEnumerable{T}(IEnumerable{Example{T}}, int, int, int, long?)"/>
    public static IDataSource<T> FromWeightedEnumerable<T>(
        IEnumerable<Example<T>> examples, int inputSize, int targetSize, int shuffleBuffer = 0, long? count = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Enumerated(examples, inputSize, targetSize, shuffleBuffer, count, hasWeights: true);

    /// <summary>Streams a sequence of inputs with rows of targets. It is enumerated anew for each epoch, so it must be one that can be.</summary>
    /// <inheritdoc cref="FromEnumerable{T}(IEnumerable{Example{T}}, int, int, int, long?)"/>
    public static IDataSource<T> FromEnumerable<T>(
        IEnumerable<(T[] X, T[] Y)> examples, int inputSize, int targetSize, int shuffleBuffer = 0, long? count = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        return FromEnumerable(examples.Select(static e => new Example<T>(e.X, e.Y)), inputSize, targetSize, shuffleBuffer, count);
    }

    /// <summary>Streams a sequence of inputs with class labels. It is enumerated anew for each epoch, so it must be one that can be.</summary>
    /// <inheritdoc cref="FromEnumerable{T}(IEnumerable{Example{T}}, int, int, int, long?)"/>
    public static IDataSource<T> FromEnumerable<T>(IEnumerable<(T[] X, int Label)> examples, int inputSize, int shuffleBuffer = 0, long? count = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(examples);
        return FromEnumerable(examples.Select(static e => new Example<T>(e.X, e.Label)), inputSize, 0, shuffleBuffer, count);
    }

    /// <summary>Examples whose inputs and targets are rows of a file, say, that are read when they are needed.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, as many rows.</param>
    /// <param name="weights">What the examples weigh, as many rows of one number; null for all the same.</param>
    /// <exception cref="ArgumentException">There are not as many targets or weights as examples.</exception>
    public static IRandomAccessSource<T> FromRowSources<T>(IRowSource<T> x, IRowSource<T> y, IRowSource<T>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        RequireOneEach(x.Count, y.Count, "targets", nameof(y));
        RequireWeights(x, weights);
        return new RowExamples<T>(x, y, null, weights);
    }

    /// <summary>Examples whose inputs and class labels are rows of a file, say, that are read when they are needed.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="labels">The labels, as many rows of one number.</param>
    /// <param name="weights">What the examples weigh, as many rows of one number; null for all the same.</param>
    /// <exception cref="ArgumentException">There are not as many labels or weights as examples, or more than one an example.</exception>
    public static IRandomAccessSource<T> FromRowSources<T>(IRowSource<T> x, IRowSource<int> labels, IRowSource<T>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(labels);
        RequireOneEach(x.Count, labels.Count, "labels", nameof(labels));
        RequireSingle(labels.RowLength, "labels", nameof(labels));
        RequireWeights(x, weights);
        return new RowExamples<T>(x, null, labels, weights);
    }

    /// <summary>The examples of several sources, one source after the other. Nothing is copied.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sources">The sources, at least one, all with the same InputSize and TargetSize and all with weights or all without.</param>
    /// <exception cref="ArgumentException">There is no source, or they differ.</exception>
    public static IRandomAccessSource<T> Concat<T>(params ReadOnlySpan<IRandomAccessSource<T>> sources)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sources.IsEmpty)
        {
            throw new ArgumentException("Dataset.Concat: there is no source to begin with.", nameof(sources));
        }

        foreach (IRandomAccessSource<T> source in sources)
        {
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
            if (source.InputSize != sources[0].InputSize || source.TargetSize != sources[0].TargetSize || source.HasWeights != sources[0].HasWeights)
            {
                throw new ArgumentException($"Dataset.Concat: the sources must be of one kind, but one is {sources[0]}, another {source}.", nameof(sources));
            }
        }

        return new ConcatenatedSource<T>(sources.ToArray());
    }

    /// <summary>Some examples of a source, in any order, as a source of their own. Nothing is copied but the list.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">The source.</param>
    /// <param name="examples">Which examples, counted from 0; one may come more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public static DataSubset<T> Subset<T>(this IRandomAccessSource<T> source, ReadOnlySpan<int> examples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (int example in examples)
        {
            if ((uint)example >= (ulong)source.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(examples), example, $"Subset: {source} has {source.Count} examples, counted from 0; there is no example {example}.");
            }
        }

        return new DataSubset<T>(source, examples.ToArray());
    }

    /// <summary>Reads all examples of a source, in its own order, into memory.</summary>
    internal static Dataset<T> Load<T>(IRandomAccessSource<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = checked((int)source.Count);
        var rows = new BatchBuffer<T>(Math.Max(count, 1), source.InputSize, source.TargetSize, source.HasWeights);
        var reader = new RandomAccessReader<T>(source);
        reader.Begin(new EpochRequest(0, 0, false, rows.Capacity));
        reader.Read(rows);
        bool hasLabels = rows.HasLabels;
        return new Dataset<T>(
            rows.X.ToArray(), source.InputSize, rows.Y.ToArray(), source.TargetSize, rows.Labels.ToArray(), hasLabels, rows.Weights.ToArray(), source.HasWeights);
    }

    private static EnumeratedSource<T> Enumerated<T>(
        IEnumerable<Example<T>> examples, int inputSize, int targetSize, int shuffleBuffer, long? count, bool hasWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetSize);
        ArgumentOutOfRangeException.ThrowIfNegative(shuffleBuffer);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        return new EnumeratedSource<T>(examples, inputSize, targetSize, shuffleBuffer, count, hasWeights);
    }

    private static void RequireWeights<T>(IRowSource<T> x, IRowSource<T>? weights)
        where T : unmanaged
    {
        if (weights is not null)
        {
            RequireOneEach(x.Count, weights.Count, "weights", nameof(weights));
            RequireSingle(weights.RowLength, "weights", nameof(weights));
        }
    }

    private static void RequireSingle(int rowLength, string what, string name)
    {
        if (rowLength != 1)
        {
            throw new ArgumentException($"Dataset: expected {what} in rows of one number, but {name} has rows of {rowLength}.", name);
        }
    }
}
