using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>What every share of a step is given. What a step has no use for is empty.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="parameters">The weights and biases.</param>
/// <param name="x">m rows of inputs, dense.</param>
/// <param name="state">The workspace; its BatchSize is m.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StepArguments<T>(ParameterBlock<T> parameters, ReadOnlySpan<T> x, NetworkWorkspace<T> state)
    where T : unmanaged
{
    /// <summary>The weights and biases.</summary>
    public ParameterBlock<T> Parameters { get; } = parameters;

    /// <summary>m rows of inputs, dense.</summary>
    public ReadOnlySpan<T> X { get; } = x;

    /// <summary>The workspace.</summary>
    public NetworkWorkspace<T> State { get; } = state;

    /// <summary>m rows of targets, dense; empty where labels are given.</summary>
    public ReadOnlySpan<T> Y { get; init; }

    /// <summary>m class labels; empty where targets are given as rows.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>The learning rate of a descent step.</summary>
    public T LearningRate { get; init; }

    /// <summary>What an optimiser's step does with the gradient.</summary>
    public IParameterUpdate<T>? Update { get; init; }

    /// <summary>m.</summary>
    public int M => State.BatchSize;

    /// <summary>The examples of a share.</summary>
    /// <param name="share">Which share.</param>
    public (int First, int Count) Examples(Share share) => share.Of(M, 1);
}
