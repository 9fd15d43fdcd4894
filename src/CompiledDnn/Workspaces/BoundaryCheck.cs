using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn;

/// <summary>The checks of what a caller gives, in words that name the network, what was expected and what came.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BoundaryCheck
{
    /// <summary>The number of examples in a span of inputs.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="method">The method that was called.</param>
    /// <param name="inputLength">The length of x.</param>
    /// <exception cref="ArgumentException">It is empty or not a whole number of examples.</exception>
    public static int Examples(NetworkShape shape, string method, int inputLength)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int examples = inputLength / shape.InputSize;
        if (examples == 0 || examples * shape.InputSize != inputLength)
        {
            throw new ArgumentException(
                $"{shape.Name}.{method}: expected examples of {shape.InputSize} numbers each, at least one, but x has {inputLength} numbers.");
        }

        return examples;
    }

    /// <summary>Checks the length of a span for predictions.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="examples">m.</param>
    /// <param name="outputLength">The length of the span.</param>
    /// <exception cref="ArgumentException">It is not m × OutputSize.</exception>
    public static void Outputs(NetworkShape shape, int examples, int outputLength)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (outputLength != (long)examples * shape.OutputSize)
        {
            throw new ArgumentException(
                $"{shape.Name}.Predict: x has {examples} examples of {shape.InputSize} numbers, so the outputs take {examples} × {shape.OutputSize} numbers, but there is room for {outputLength}.");
        }
    }

    /// <summary>Checks class labels.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="method">The method that was called.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="examples">m.</param>
    /// <exception cref="ArgumentException">There are not m labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not 0 to OutputSize − 1.</exception>
    public static void Labels(NetworkShape shape, string method, ReadOnlySpan<int> labels, int examples)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (labels.Length != examples)
        {
            throw new ArgumentException(
                $"{shape.Name}.{method}: expected {examples} labels, one for each example of the last forward pass, but got {labels.Length}.");
        }

        int classes = shape.OutputSize;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[i], $"{shape.Name}.{method}: labels go from 0 to {classes - 1}, but the label of example {i} is {labels[i]}.");
            }
        }
    }

    /// <summary>Checks the weights of examples.</summary>
    /// <typeparam name="T">The network's number type.</typeparam>
    /// <param name="shape">The network's shape.</param>
    /// <param name="method">The method that was called.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="examples">m.</param>
    /// <exception cref="ArgumentException">There are not m weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or not a number.</exception>
    public static void Weights<T>(NetworkShape shape, string method, ReadOnlySpan<T> weights, int examples)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (weights.Length != examples)
        {
            throw new ArgumentException(
                $"{shape.Name}.{method}: expected {examples} weights, one for each example of the last forward pass, but got {weights.Length}.");
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!T.IsFinite(weights[i]) || weights[i] != T.Abs(weights[i]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(weights), $"{shape.Name}.{method}: weights are finite and not negative, but the weight of example {i} is {weights[i]}.");
            }
        }
    }

    /// <summary>Checks the length of a span for the costs of examples.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="examples">m.</param>
    /// <param name="room">The length of the span.</param>
    /// <exception cref="ArgumentException">It is not m.</exception>
    public static void ExampleCosts(NetworkShape shape, int examples, int room)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (room != examples)
        {
            throw new ArgumentException(
                $"{shape.Name}.ExampleCosts: the last forward pass had {examples} examples, so the costs take {examples} numbers, but there is room for {room}.");
        }
    }

    /// <summary>Checks a learning rate.</summary>
    /// <typeparam name="T">The network's number type.</typeparam>
    /// <param name="shape">The network's shape.</param>
    /// <param name="method">The method that was called.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public static void LearningRate<T>(NetworkShape shape, string method, T learningRate)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!T.IsFinite(learningRate) || T.IsNegative(learningRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate), $"{shape.Name}.{method}: a learning rate is finite and not negative, but it is {learningRate}.");
        }
    }

    /// <summary>Checks a number of threads.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="degree">At least 1, or −1 for all processors.</param>
    /// <returns><paramref name="degree"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is 0, or less than −1.</exception>
    public static int DegreeOfParallelism(NetworkShape shape, int degree)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return degree is -1 or >= 1
            ? degree
            : throw new ArgumentOutOfRangeException(
                nameof(degree),
                degree,
                $"{shape.Name}.MaxDegreeOfParallelism is at least 1, or -1 for as many threads as there are processors, but it is {degree}.");
    }

    /// <summary>Checks that a block of parameters fits a network.</summary>
    /// <typeparam name="T">The network's number type.</typeparam>
    /// <param name="shape">The network's shape.</param>
    /// <param name="parameters">The block.</param>
    /// <exception cref="ArgumentException">It is for a network of other sizes.</exception>
    public static void Parameters<T>(NetworkShape shape, ParameterBlock<T> parameters)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!shape.HasLayoutOf(parameters.Shape))
        {
            throw new ArgumentException($"{shape.Name}.Swap: expected parameters for {shape}, but these are for {parameters.Shape}.", nameof(parameters));
        }
    }

    /// <summary>What a network whose loss takes no labels says.</summary>
    /// <param name="shape">The network's shape.</param>
    public static NotSupportedException NoLabels(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new NotSupportedException(
            $"{shape.Name}: its loss takes targets as rows of {shape.TargetSize} numbers, not as class labels; labels are for softmax with categorical cross-entropy.");
    }
}
