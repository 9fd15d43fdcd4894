namespace CompiledDnn.Tests.Reference;

/// <content>Whole steps: the parts, one after the other.</content>
public sealed partial class ReferenceNetwork<T>
{
    public T DescendStep(ReadOnlySpan<T> x, ReadOnlySpan<T> y, NetworkWorkspace<T> state, T learningRate)
    {
        Forward(x, state);
        T cost = Cost(y, state);
        OutputGradient(y, state);
        Backward(x, state);
        Update(state, learningRate);
        return cost;
    }

    public T DescendStep(ReadOnlySpan<T> x, ReadOnlySpan<int> labels, NetworkWorkspace<T> state, T learningRate)
    {
        Forward(x, state);
        T cost = Cost(labels, state);
        OutputGradient(labels, state);
        Backward(x, state);
        Update(state, learningRate);
        return cost;
    }

    public T TrainStep(ReadOnlySpan<T> x, ReadOnlySpan<T> y, NetworkWorkspace<T> state, IParameterUpdate<T> update)
    {
        Forward(x, state);
        T cost = Cost(y, state);
        OutputGradient(y, state);
        return Optimize(x, state, update, cost);
    }

    public T TrainStep(ReadOnlySpan<T> x, ReadOnlySpan<int> labels, NetworkWorkspace<T> state, IParameterUpdate<T> update)
    {
        Forward(x, state);
        T cost = Cost(labels, state);
        OutputGradient(labels, state);
        return Optimize(x, state, update, cost);
    }

    private T Optimize(ReadOnlySpan<T> x, NetworkWorkspace<T> state, IParameterUpdate<T> update, T cost)
    {
        if (T.IsFinite(cost))
        {
            Backward(x, state);
            update.Begin(Parameters.Span.Length);
            update.Apply(0, Parameters.Span, state.Gradients);
        }

        return cost;
    }
}
