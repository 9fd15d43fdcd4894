namespace CompiledDnn.Tests.Reference;

/// <content>The loss with a view of the examples one by one.</content>
public sealed partial class ReferenceNetwork<T>
{
    public T Cost(ReadOnlySpan<T> y, ReadOnlySpan<T> weights, NetworkWorkspace<T> state) =>
        WeightedMean(Mine(state), state.BeginCost(y.Length, weights), y, default, weights);

    public T Cost(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, NetworkWorkspace<T> state)
    {
        RequireLabels();
        return WeightedMean(Mine(state), state.BeginCost(labels, weights), default, labels, weights);
    }

    public void ExampleCosts(ReadOnlySpan<T> y, NetworkWorkspace<T> state, Span<T> costs)
    {
        state.BeginExampleCosts(y.Length, costs.Length);
        WriteCosts(Mine(state), y, default, costs);
    }

    public void ExampleCosts(ReadOnlySpan<int> labels, NetworkWorkspace<T> state, Span<T> costs)
    {
        RequireLabels();
        state.BeginExampleCosts(labels, costs.Length);
        WriteCosts(Mine(state), default, labels, costs);
    }

    public void OutputGradient(ReadOnlySpan<T> y, ReadOnlySpan<T> weights, NetworkWorkspace<T> state)
    {
        WriteDZL(Mine(state), state.BeginOutputGradient(y.Length, weights), y, default);
        Weigh(state, weights);
    }

    public void OutputGradient(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, NetworkWorkspace<T> state)
    {
        RequireLabels();
        WriteDZL(Mine(state), state.BeginOutputGradient(labels, weights), default, labels);
        Weigh(state, weights);
    }

    private T WeightedMean(ReferenceWorkspace<T> state, int m, ReadOnlySpan<T> y, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights)
    {
        T sum = T.Zero;
        for (int i = 0; i < m; i++)
        {
            sum += weights[i] * ExampleLoss(state, Shape.Layers[^1], y, labels, i);
        }

        return sum / T.CreateChecked(m);
    }

    private void WriteCosts(ReferenceWorkspace<T> state, ReadOnlySpan<T> y, ReadOnlySpan<int> labels, Span<T> costs)
    {
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = ExampleLoss(state, Shape.Layers[^1], y, labels, i);
        }
    }

    private void Weigh(NetworkWorkspace<T> state, ReadOnlySpan<T> weights)
    {
        LayerInfo last = Shape.Layers[^1];
        for (int i = 0; i < weights.Length; i++)
        {
            foreach (ref T dz in ReferenceWorkspace<T>.Row(state.DZBlock(last.Index), last, i))
            {
                dz *= weights[i];
            }
        }
    }
}
