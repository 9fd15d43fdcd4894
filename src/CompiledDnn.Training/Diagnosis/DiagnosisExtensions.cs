using System.Numerics;

namespace CompiledDnn;

/// <summary>Looking into a network: are its gradients right, what does it look at, and why does it not learn.</summary>
public static class DiagnosisExtensions
{
    /// <summary>Compares the gradients of a batch with central differences of its cost.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; see <see cref="GradientCheck"/> for what each can tell.</typeparam>
    /// <param name="network">The network. Its weights change during the check and are the same bits afterwards: let no other thread use it meanwhile.</param>
    /// <param name="x">m rows of InputSize numbers; a few examples say as much as many.</param>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="mostPerLayer">Check so many parameters of each layer at most, spread evenly over it; each takes two forward passes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one parameter would be checked.</exception>
    public static GradientCheck CheckGradients<T>(this INetwork<T> network, ReadOnlySpan<T> x, ReadOnlySpan<T> y, int mostPerLayer = int.MaxValue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new GradientChecker<T>(network, x, y, default).Run(mostPerLayer);
    }

    /// <summary>The same, targets given as class labels.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network. Its weights change during the check and are the same bits afterwards: let no other thread use it meanwhile.</param>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="mostPerLayer">Check so many parameters of each layer at most, spread evenly over it.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one parameter would be checked.</exception>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    public static GradientCheck CheckGradients<T>(this INetwork<T> network, ReadOnlySpan<T> x, ReadOnlySpan<int> labels, int mostPerLayer = int.MaxValue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new GradientChecker<T>(network, x, default, labels).Run(mostPerLayer);
    }

    /// <summary>The gradient of each example's loss with respect to its inputs, DA0: what would have to change for a better answer.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <returns>m rows of InputSize numbers, without a 1/m.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static T[] InputGradients<T>(this INetwork<T> network, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkWorkspace<T> state = ForwardForInputs(network, x);
        network.OutputGradient(y, state);
        return BackwardToInputs(network, x, state);
    }

    /// <summary>The same, targets given as class labels.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <returns>m rows of InputSize numbers, without a 1/m.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a label.</exception>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    public static T[] InputGradients<T>(this INetwork<T> network, ReadOnlySpan<T> x, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkWorkspace<T> state = ForwardForInputs(network, x);
        network.OutputGradient(labels, state);
        return BackwardToInputs(network, x, state);
    }

    /// <summary>
    /// The gradient of one output with respect to the inputs of each example: what the network looks at. The output is taken before the last
    /// activation, ZL, because a sigmoid or softmax that is sure of its answer has hardly a gradient left.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="output">Which output, counted from 0.</param>
    /// <returns>m rows of InputSize numbers.</returns>
    /// <remarks>K. Simonyan, A. Vedaldi and A. Zisserman, "Deep Inside Convolutional Networks", arXiv:1312.6034 (2013): saliency.</remarks>
    /// <exception cref="ArgumentException">x is not whole examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public static T[] InputGradientsOfOutput<T>(this INetwork<T> network, ReadOnlySpan<T> x, int output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if ((uint)output >= (uint)network.Shape.OutputSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(output), output, $"{network.Shape.Name}.InputGradientsOfOutput: outputs are 0 to {network.Shape.OutputSize - 1}, but {output} was asked for.");
        }

        NetworkWorkspace<T> state = ForwardForInputs(network, x);
        LayerInfo last = network.Shape.Layers[^1];
        Span<T> dz = state.DZBlock(last.Index);
        dz.Clear();
        for (int i = 0; i < state.BatchSize; i++)
        {
            dz[(i * last.RowStride) + output] = T.One;
        }

        return BackwardToInputs(network, x, state);
    }

    /// <summary>
    /// Runs data through the network, up and down, and says in numbers and plain sentences what goes on in its layers: dead and saturated
    /// units, signals and gradients that vanish or explode, outputs that are the same for every example.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="data">The examples, such as those it is trained on. Weights of theirs do not count.</param>
    /// <exception cref="ArgumentException">The data does not fit; the message lists all that is wrong.</exception>
    public static NetworkDiagnosis Diagnose<T>(this INetwork<T> network, Dataset<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        var check = new TrainingCheck<T>(network);
        check.Data("the data", data, TrainingExtensions.EvaluationBatchSize);
        check.ThrowIfAny(nameof(Diagnose), "nothing was looked at");
        return new DiagnosisRun<T>(network, data).Run();
    }

    private static NetworkWorkspace<T> ForwardForInputs<T>(INetwork<T> network, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        int m = BoundaryCheck.Examples(network.Shape, nameof(InputGradients), x.Length);
        NetworkWorkspace<T> state = network.CreateWorkspace(m, WorkspaceOptions.InputGradient);
        network.Forward(x, state);
        return state;
    }

    private static T[] BackwardToInputs<T>(INetwork<T> network, ReadOnlySpan<T> x, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Backward(x, state);
        var gradients = new T[x.Length];
        state.DA0View().FlattenTo(gradients);
        return gradients;
    }
}
