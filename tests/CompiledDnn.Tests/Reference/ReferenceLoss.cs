using System.Numerics;

namespace CompiledDnn.Tests.Reference;

/// <summary>The loss of one example.</summary>
public delegate T RowLoss<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y);

/// <summary>The gradient of the loss of one example.</summary>
public delegate void RowLossGradient<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> gradient);

/// <summary>A loss of a <see cref="ReferenceNetwork{T}"/>, one example at a time, in plain loops.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Task">What the outputs mean.</param>
/// <param name="TakesLabels">True if it takes class labels too, which stand for rows with a single one.</param>
/// <param name="GivesDZ">True if the gradient is DZ already, false if it is DA.</param>
/// <param name="Value">The loss.</param>
/// <param name="Gradient">Its gradient.</param>
public sealed record ReferenceLoss<T>(
    string Name, NetworkTask Task, bool TakesLabels, bool GivesDZ, RowLoss<T> Value, RowLossGradient<T> Gradient)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Binary cross-entropy from the logits of a sigmoid: Σ softplus(z) − y z.</summary>
    public static ReferenceLoss<T> SigmoidCrossEntropy { get; } = new(
        nameof(SigmoidCrossEntropy), NetworkTask.BinaryClassification, TakesLabels: false, GivesDZ: true, SigmoidCrossEntropyValue, Difference);

    /// <summary>Categorical cross-entropy from the logits of a softmax: Σ y (log Σ exp(z) − z).</summary>
    public static ReferenceLoss<T> SoftmaxCrossEntropy { get; } = new(
        nameof(SoftmaxCrossEntropy), NetworkTask.Classification, TakesLabels: true, GivesDZ: true, SoftmaxCrossEntropyValue, Difference);

    /// <summary>(a − y)², averaged over outputs.</summary>
    public static ReferenceLoss<T> MeanSquaredError { get; } = Averaged(
        nameof(MeanSquaredError), (a, y) => (a - y) * (a - y), (a, y) => T.CreateChecked(2) * (a - y));

    /// <summary>A loss of numbers that works on each output by itself and averages over them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The loss of one output, from a and y.</param>
    /// <param name="derivative">Its derivative with respect to a.</param>
    public static ReferenceLoss<T> Averaged(string name, Func<T, T, T> value, Func<T, T, T> derivative)
    {
        return new ReferenceLoss<T>(name, NetworkTask.Regression, TakesLabels: false, GivesDZ: false, Value, Gradient);

        T Value(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y)
        {
            T sum = T.Zero;
            for (int i = 0; i < a.Length; i++)
            {
                sum += value(a[i], y[i]);
            }

            return sum / T.CreateChecked(a.Length);
        }

        void Gradient(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> gradient)
        {
            for (int i = 0; i < a.Length; i++)
            {
                gradient[i] = derivative(a[i], y[i]) / T.CreateChecked(a.Length);
            }
        }
    }

    private static T SigmoidCrossEntropyValue(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y)
    {
        T sum = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            sum += ReferenceMath.Softplus(z[i]) - (y[i] * z[i]);
        }

        return sum;
    }

    private static T SoftmaxCrossEntropyValue(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y)
    {
        T logSum = ReferenceMath.LogSumExp(z);
        T sum = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            sum += y[i] * (logSum - z[i]);
        }

        return sum;
    }

    // Both cross-entropies with their own activation: dz = a − y.
    private static void Difference(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> gradient)
    {
        for (int i = 0; i < a.Length; i++)
        {
            gradient[i] = a[i] - y[i];
        }
    }
}
