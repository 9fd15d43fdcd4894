using System.Numerics;

namespace CompiledDnn;

/// <summary>Gathers cost and accuracy over batches, so that every example weighs the same.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="shape">The network's shape.</param>
internal sealed class BatchMeter<T>(NetworkShape shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);

    private double _costs;
    private long _examples;
    private long _decisions;
    private long _right;

    /// <summary>What the batches since <see cref="Reset"/> came to.</summary>
    public Evaluation Result => new(_costs / _examples, _decisions == 0 ? null : (double)_right / _decisions);

    /// <summary>Forgets all batches.</summary>
    public void Reset()
    {
        _costs = 0;
        _examples = 0;
        _decisions = 0;
        _right = 0;
    }

    /// <summary>All that it has gathered, for a checkpoint.</summary>
    public double[] Save() => [_costs, _examples, _decisions, _right];

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <param name="gathered">Four numbers.</param>
    public void Load(double[] gathered)
    {
        _costs = gathered[0];
        _examples = (long)gathered[1];
        _decisions = (long)gathered[2];
        _right = (long)gathered[3];
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="cost">Its cost J.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="state">The workspace that it was last forwarded with.</param>
    public void Add(double cost, Batch<T> batch, NetworkWorkspace<T> state)
    {
        _costs += cost * batch.Count;
        _examples += batch.Count;
        if (shape.Task == NetworkTask.Regression)
        {
            return;
        }

        if (batch.HasLabels)
        {
            CountLabels(batch.Labels, state);
        }
        else if (shape.TargetSize == shape.OutputSize)
        {
            // Targets of another width than the outputs are a loss's own affair: there is nothing to compare one by one.
            CountRows(batch, state);
        }
    }

    private void CountLabels(ReadOnlySpan<int> labels, NetworkWorkspace<T> state)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            _right += Decisions.Largest(state.Output(i)) == labels[i] ? 1 : 0;
        }

        _decisions += labels.Length;
    }

    private void CountRows(Batch<T> batch, NetworkWorkspace<T> state)
    {
        int size = shape.TargetSize;
        for (int i = 0; i < batch.Count; i++)
        {
            ReadOnlySpan<T> a = state.Output(i);
            ReadOnlySpan<T> y = batch.Y.Slice(i * size, size);
            if (shape.Task == NetworkTask.Classification)
            {
                _right += Decisions.Largest(a) == Decisions.Largest(y) ? 1 : 0;
                _decisions++;
            }
            else
            {
                _right += Decisions.SameSides(a, y, s_half);
                _decisions += size;
            }
        }
    }
}
