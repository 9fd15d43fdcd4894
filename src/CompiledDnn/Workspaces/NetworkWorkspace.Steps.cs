using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <content>The order of the steps, and the checks at the public boundary. Kernels check nothing after these.</content>
public abstract partial class NetworkWorkspace<T>
{
    private enum Step
    {
        None,
        Forward,
        OutputGradient,
        Backward,
        Update,
    }

    private Step _last = Step.None;

    // The length of x that was checked last, and its examples.
    private int _checkedLength = -1;
    private int _checkedExamples;

    /// <summary>Casts a workspace to that of a network. For generated code.</summary>
    /// <typeparam name="TWorkspace">The network's own workspace class.</typeparam>
    /// <param name="state">The workspace given.</param>
    /// <param name="shape">The network's shape.</param>
    /// <exception cref="ArgumentException">It is another network's.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static TWorkspace Of<TWorkspace>(NetworkWorkspace<T> state, NetworkShape shape)
        where TWorkspace : NetworkWorkspace<T>
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(shape);
        return state as TWorkspace
            ?? throw new ArgumentException($"{shape.Name}: the workspace belongs to {state.Shape}; create it with {shape.Name}.CreateWorkspace.", nameof(state));
    }

    /// <summary>Checks the inputs of a forward pass and begins it. For generated code.</summary>
    /// <param name="inputLength">The length of x.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginForward(int inputLength)
    {
        int m = Examples("Forward", inputLength);
        BatchSize = m;
        _last = Step.Forward;
        return m;
    }

    /// <summary>Checks a batch and begins a step that does all with it in one go; what fails changes nothing. For generated code.</summary>
    /// <param name="method">The method that was called.</param>
    /// <param name="inputLength">The length of x.</param>
    /// <param name="targetLength">The length of y.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginStep(string method, int inputLength, int targetLength)
    {
        int m = Examples(method, inputLength);
        CheckTargets(method, m, targetLength);
        BatchSize = m;
        _last = Step.Update;
        return m;
    }

    /// <summary>Checks a batch and begins a step that does all with it in one go; what fails changes nothing. For generated code.</summary>
    /// <param name="method">The method that was called.</param>
    /// <param name="inputLength">The length of x.</param>
    /// <param name="labels">The class labels.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginStep(string method, int inputLength, ReadOnlySpan<int> labels)
    {
        int m = Examples(method, inputLength);
        BoundaryCheck.Labels(Shape, method, labels, m);
        BatchSize = m;
        _last = Step.Update;
        return m;
    }

    /// <summary>Checks the targets of a cost. For generated code.</summary>
    /// <param name="targetLength">The length of y.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginCost(int targetLength)
    {
        RequireForward("Cost");
        CheckTargets("Cost", BatchSize, targetLength);
        return BatchSize;
    }

    /// <summary>Checks the labels of a cost. For generated code.</summary>
    /// <param name="labels">The class labels.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginCost(ReadOnlySpan<int> labels)
    {
        RequireForward("Cost");
        BoundaryCheck.Labels(Shape, "Cost", labels, BatchSize);
        return BatchSize;
    }

    /// <summary>Checks the targets of an output gradient and begins it. For generated code.</summary>
    /// <param name="targetLength">The length of y.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginOutputGradient(int targetLength)
    {
        RequireFresh("OutputGradient");
        CheckTargets("OutputGradient", BatchSize, targetLength);
        _last = Step.OutputGradient;
        return BatchSize;
    }

    /// <summary>Checks the labels of an output gradient and begins it. For generated code.</summary>
    /// <param name="labels">The class labels.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginOutputGradient(ReadOnlySpan<int> labels)
    {
        RequireFresh("OutputGradient");
        BoundaryCheck.Labels(Shape, "OutputGradient", labels, BatchSize);
        _last = Step.OutputGradient;
        return BatchSize;
    }

    /// <summary>Checks the inputs of a backward pass and begins it. For generated code.</summary>
    /// <param name="inputLength">The length of x.</param>
    /// <returns>m.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int BeginBackward(int inputLength)
    {
        RequireFresh("Backward");
        int m = BoundaryCheck.Examples(Shape, "Backward", inputLength);
        if (m != BatchSize)
        {
            throw new InvalidOperationException(
                $"{Shape.Name}.Backward: x has {m} examples, but the last step, {_last}, had {BatchSize}; give the same batch to Forward and Backward.");
        }

        _last = Step.Backward;
        return m;
    }

    /// <summary>Checks the learning rate of an update and begins it. For generated code.</summary>
    /// <typeparam name="TRate">The network's number type.</typeparam>
    /// <param name="learningRate">The learning rate.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void BeginUpdate<TRate>(TRate learningRate)
        where TRate : INumberBase<TRate>
    {
        BoundaryCheck.LearningRate(Shape, "Update", learningRate);
        if (_last != Step.Backward)
        {
            throw new InvalidOperationException($"{Shape.Name}.Update: needs the gradients of Backward, but the last step of this workspace was {_last}.");
        }

        _last = Step.Update;
    }

    private void RequireForward(string method)
    {
        if (_last == Step.None)
        {
            throw new InvalidOperationException($"{Shape.Name}.{method}: needs the outputs of Forward, but nothing was forwarded with this workspace yet.");
        }
    }

    private void RequireFresh(string method)
    {
        RequireForward(method);
        if (_last == Step.Update)
        {
            throw new InvalidOperationException(
                $"{Shape.Name}.{method}: the last step of this workspace was Update, which changed the weights; call Forward first.");
        }
    }

    private int Examples(string method, int inputLength)
    {
        // Most batches are as long as the last one: a division fewer.
        if (inputLength == _checkedLength)
        {
            return _checkedExamples;
        }

        int m = BoundaryCheck.Examples(Shape, method, inputLength);
        if (m > Capacity)
        {
            throw new ArgumentException($"{Shape.Name}.{method}: x has {m} examples, but the workspace was created for {Capacity}; create a larger one.");
        }

        _checkedLength = inputLength;
        _checkedExamples = m;
        return m;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckTargets(string method, int m, int targetLength)
    {
        if (targetLength != (long)m * Shape.TargetSize)
        {
            throw WrongTargets(method, m, targetLength);
        }
    }

    private ArgumentException WrongTargets(string method, int m, int targetLength) => new(
        $"{Shape.Name}.{method}: expected targets of {m} × {Shape.TargetSize} numbers, one row for each example of the last forward pass, but y has {targetLength}.");
}
