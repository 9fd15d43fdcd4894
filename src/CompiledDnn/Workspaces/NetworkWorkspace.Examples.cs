using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn;

/// <content>The checks of steps that look at the examples of a batch one by one: their weights, and the loss of each.</content>
public abstract partial class NetworkWorkspace<T>
{
    /// <summary>Checks the targets and weights of a cost. For generated code.</summary>
    /// <typeparam name="TWeight">The network's number type.</typeparam>
    /// <param name="targetLength">The length of y.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginCost<TWeight>(int targetLength, ReadOnlySpan<TWeight> weights)
        where TWeight : INumberBase<TWeight>
    {
        int m = BeginCost(targetLength);
        BoundaryCheck.Weights(Shape, "Cost", weights, m);
        return m;
    }

    /// <summary>Checks the labels and weights of a cost. For generated code.</summary>
    /// <typeparam name="TWeight">The network's number type.</typeparam>
    /// <param name="labels">The class labels.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginCost<TWeight>(ReadOnlySpan<int> labels, ReadOnlySpan<TWeight> weights)
        where TWeight : INumberBase<TWeight>
    {
        int m = BeginCost(labels);
        BoundaryCheck.Weights(Shape, "Cost", weights, m);
        return m;
    }

    /// <summary>Checks the targets and weights of an output gradient and begins it. For generated code.</summary>
    /// <typeparam name="TWeight">The network's number type.</typeparam>
    /// <param name="targetLength">The length of y.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginOutputGradient<TWeight>(int targetLength, ReadOnlySpan<TWeight> weights)
        where TWeight : INumberBase<TWeight>
    {
        RequireFresh("OutputGradient");
        BoundaryCheck.Weights(Shape, "OutputGradient", weights, BatchSize);
        return BeginOutputGradient(targetLength);
    }

    /// <summary>Checks the labels and weights of an output gradient and begins it. For generated code.</summary>
    /// <typeparam name="TWeight">The network's number type.</typeparam>
    /// <param name="labels">The class labels.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginOutputGradient<TWeight>(ReadOnlySpan<int> labels, ReadOnlySpan<TWeight> weights)
        where TWeight : INumberBase<TWeight>
    {
        RequireFresh("OutputGradient");
        BoundaryCheck.Weights(Shape, "OutputGradient", weights, BatchSize);
        return BeginOutputGradient(labels);
    }

    /// <summary>Checks the targets of the costs of examples, and the room for these. For generated code.</summary>
    /// <param name="targetLength">The length of y.</param>
    /// <param name="room">The length of the span for the costs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void BeginExampleCosts(int targetLength, int room)
    {
        RequireForward("ExampleCosts");
        CheckTargets("ExampleCosts", BatchSize, targetLength);
        BoundaryCheck.ExampleCosts(Shape, BatchSize, room);
    }

    /// <summary>Checks the labels of the costs of examples, and the room for these. For generated code.</summary>
    /// <param name="labels">The class labels.</param>
    /// <param name="room">The length of the span for the costs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void BeginExampleCosts(ReadOnlySpan<int> labels, int room)
    {
        RequireForward("ExampleCosts");
        BoundaryCheck.Labels(Shape, "ExampleCosts", labels, BatchSize);
        BoundaryCheck.ExampleCosts(Shape, BatchSize, room);
    }
}
