using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>What the options change of a batch before its step: smoothed targets, and weights of examples and classes together.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class BatchPreparation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkShape _shape;
    private readonly T _smoothing;
    private readonly T[] _classWeights;
    private readonly T[] _targets;
    private readonly T[] _weights;
    private T _scale = T.One;

    private BatchPreparation(NetworkShape shape, TrainingOptions<T> options, bool isWeighted, int batchSize)
    {
        _shape = shape;
        _smoothing = T.CreateChecked(options.LabelSmoothing);
        _classWeights = [.. (options.ClassWeights ?? []).Select(T.CreateChecked)];
        _targets = options.LabelSmoothing > 0 ? new T[checked(batchSize * shape.TargetSize)] : [];
        _weights = isWeighted ? new T[batchSize] : [];
    }

    /// <summary>True if its batches have weights.</summary>
    public bool IsWeighted => _weights.Length > 0;

    /// <summary>Makes one for a training.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="train">The training data; read once if its examples or classes have weights, for the mean of these.</param>
    /// <param name="options">The options.</param>
    /// <param name="batchSize">The most examples of a batch.</param>
    /// <returns>Null if there is nothing to change.</returns>
    public static BatchPreparation<T>? Create(NetworkShape shape, IDataSource<T> train, TrainingOptions<T> options, int batchSize)
    {
        bool isWeighted = train.HasWeights || options.ClassWeights is not null;
        if (!isWeighted && options.LabelSmoothing == 0)
        {
            return null;
        }

        var preparation = new BatchPreparation<T>(shape, options, isWeighted, batchSize);
        if (isWeighted)
        {
            preparation.Measure(train, batchSize);
        }

        return preparation;
    }

    /// <summary>The batch as its step takes it; allocates nothing.</summary>
    /// <param name="batch">The batch; unchanged.</param>
    /// <returns>A batch in memory that the next call overwrites.</returns>
    public Batch<T> Prepare(in Batch<T> batch)
    {
        ReadOnlySpan<T> weights = Weigh(batch);
        return _targets.Length == 0
            ? new Batch<T>(batch.X, batch.Y, batch.Labels, batch.Count, weights)
            : new Batch<T>(batch.X, Smooth(batch), default, batch.Count, weights);
    }

    // The mean weight becomes 1: how large weights are does not matter, only how they compare, and the learning rate keeps its meaning.
    private void Measure(IDataSource<T> train, int batchSize)
    {
        using BatchFeed<T> feed = BatchFeed<T>.Create(train, batchSize, shuffle: false, seed: 0);
        feed.BeginEpoch(epoch: 0, firstExample: 0);
        double sum = 0;
        long count = 0;
        while (feed.TryNext(out Batch<T> batch))
        {
            foreach (T weight in Weigh(batch))
            {
                sum += double.CreateTruncating(weight);
            }

            count += batch.Count;
        }

        if (!(double.IsFinite(sum) && sum > 0))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{_shape.Name}.Fit: nothing was trained: the weights of the training data add up to {sum}, but some have to be positive and all finite."));
        }

        _scale = T.CreateChecked(count / sum);
    }

    private Span<T> Weigh(in Batch<T> batch)
    {
        if (!IsWeighted)
        {
            return default;
        }

        Span<T> weights = _weights.AsSpan(0, batch.Count);
        if (batch.HasWeights)
        {
            TensorPrimitives.Multiply(batch.Weights, _scale, weights);
        }
        else
        {
            weights.Fill(_scale);
        }

        if (_classWeights.Length > 0)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] *= _classWeights[ClassOf(batch, i)];
            }
        }

        return weights;
    }

    private int ClassOf(in Batch<T> batch, int example)
    {
        int found = batch.HasLabels ? batch.Labels[example] : ClassOf(batch.Y.Slice(example * _shape.TargetSize, _shape.TargetSize));

        // Examples in memory were looked at before; those of a stream are seen here for the first time.
        return (uint)found < (uint)_classWeights.Length
            ? found
            : throw new ArgumentException(
                batch.HasLabels
                    ? $"{_shape.Name}.Fit: an example has the label {found}, but labels go from 0 to {_classWeights.Length - 1}."
                    : $"{_shape.Name}.Fit: an example has a target that is not a number, so that it has no class to weigh it by.");
    }

    private static int ClassOf(ReadOnlySpan<T> y) =>
        y.Length == 1 ? Decisions.Side(y[0], T.CreateChecked(0.5)) : Decisions.Largest(y);

    // (1 − ε) y + ε / K for K classes, two where outputs are independent: Szegedy et al., "Rethinking the Inception Architecture", 2016.
    private Span<T> Smooth(in Batch<T> batch)
    {
        int size = _shape.TargetSize;
        T share = _smoothing / T.CreateChecked(_shape.Task == NetworkTask.Classification ? size : 2);
        Span<T> targets = _targets.AsSpan(0, batch.Count * size);
        if (!batch.HasLabels)
        {
            TensorPrimitives.Multiply(batch.Y, T.One - _smoothing, targets);
            TensorPrimitives.Add(targets, share, targets);
            return targets;
        }

        targets.Fill(share);
        for (int i = 0; i < batch.Count; i++)
        {
            targets[(i * size) + batch.Labels[i]] += T.One - _smoothing;
        }

        return targets;
    }
}
