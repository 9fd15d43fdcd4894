using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>
/// Gathers cost and accuracy over batches, so that every example counts the same or, where examples have weights, by its weight.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="shape">The network's shape.</param>
internal sealed class BatchMeter<T>(NetworkShape shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);

    private readonly LayerInfo _last = shape.Layers[^1];

    private double _costs;
    private double _costWeight;
    private double _decisions;
    private double _right;

    /// <summary>What the batches since <see cref="Reset"/> came to.</summary>
    public Evaluation Result => new(_costs / _costWeight, _decisions == 0 ? null : _right / _decisions);

    /// <summary>Forgets all batches.</summary>
    public void Reset()
    {
        _costs = 0;
        _costWeight = 0;
        _decisions = 0;
        _right = 0;
    }

    /// <summary>All that it has gathered, for a checkpoint.</summary>
    public double[] Save() => [_costs, _costWeight, _decisions, _right];

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <param name="gathered">Four numbers.</param>
    public void Load(double[] gathered)
    {
        _costs = gathered[0];
        _costWeight = gathered[1];
        _decisions = gathered[2];
        _right = gathered[3];
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="cost">Its cost J, with its weights.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="state">The workspace that it was last forwarded with.</param>
    public void Add(double cost, in Batch<T> batch, NetworkWorkspace<T> state) => Add(cost, batch.Weights, batch, state);

    /// <summary>Counts a batch whose cost has other weights than its decisions.</summary>
    /// <param name="cost">Its cost J.</param>
    /// <param name="weights">The weights of its cost; empty if there are none.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="state">The workspace that it was last forwarded with.</param>
    public void Add(double cost, ReadOnlySpan<T> weights, in Batch<T> batch, NetworkWorkspace<T> state)
    {
        _costs += cost * batch.Count;
        _costWeight += weights.IsEmpty ? batch.Count : double.CreateTruncating(TensorPrimitives.Sum(weights));

        // Targets of another width than the outputs are a loss's own affair: there is nothing to compare one by one.
        if (shape.Task == NetworkTask.Regression || (!batch.HasLabels && shape.TargetSize != shape.OutputSize))
        {
            return;
        }

        if (batch.HasWeights)
        {
            CountWeighted(batch, state);
        }
        else if (batch.HasLabels)
        {
            CountLabels(batch.Labels, state);
        }
        else
        {
            CountRows(batch, state);
        }
    }

    private void CountLabels(ReadOnlySpan<int> labels, NetworkWorkspace<T> state)
    {
        _right += Decisions.CountLargest(state.ABlock(_last.Index), _last.Outputs, _last.RowStride, labels);
        _decisions += labels.Length;
    }

    private void CountRows(in Batch<T> batch, NetworkWorkspace<T> state)
    {
        int size = shape.TargetSize;
        if (size == 1 && _last.RowStride == 1)
        {
            // One output: the whole batch is one row.
            _right += Decisions.SameSides(state.ABlock(_last.Index)[..batch.Count], batch.Y, s_half);
            _decisions += batch.Count;
            return;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            _right += Right(state.Output(i), batch.Y.Slice(i * size, size));
            _decisions += shape.Task == NetworkTask.Classification ? 1 : size;
        }
    }

    private void CountWeighted(in Batch<T> batch, NetworkWorkspace<T> state)
    {
        int size = shape.TargetSize;
        for (int i = 0; i < batch.Count; i++)
        {
            double weight = double.CreateTruncating(batch.Weights[i]);
            _right += weight * (batch.HasLabels
                ? Decisions.IsLargest(state.Output(i), batch.Labels[i]) ? 1 : 0
                : Right(state.Output(i), batch.Y.Slice(i * size, size)));
            _decisions += weight * (batch.HasLabels || shape.Task == NetworkTask.Classification ? 1 : size);
        }
    }

    private int Right(ReadOnlySpan<T> a, ReadOnlySpan<T> y) => shape.Task == NetworkTask.Classification
        ? Decisions.Largest(a) == Decisions.Largest(y) ? 1 : 0
        : Decisions.SameSides(a, y, s_half);
}
