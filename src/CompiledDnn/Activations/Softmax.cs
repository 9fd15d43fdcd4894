using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>Probabilities of classes that exclude each other: aᵢ = exp(zᵢ) / Σⱼ exp(zⱼ) over the outputs of one example.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The greatest logit is taken off every logit first, which changes nothing but keeps the exponentials between 0 and 1: finite
/// for every finite z. The Jacobian is ∂aᵢ/∂zⱼ = aᵢ (δᵢⱼ − aⱼ). J. Bridle, <i>Probabilistic Interpretation of Feedforward
/// Classification Network Outputs</i>, 1990.
/// </remarks>
[ActivationTraits(Range = OutputRange.Distribution, DefaultLoss = Loss.CategoricalCrossEntropy, Initializer = DefaultInitializer.Glorot,
    Onnx = "Softmax(z, axis=1)")]
public readonly struct Softmax<T> : IRowActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static void Apply(ReadOnlySpan<T> z, Span<T> a)
    {
        // TensorPrimitives.SoftMax does not take the greatest logit off.
        a = a[..z.Length];
        TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), a);
        TensorPrimitives.Exp(a, a);
        TensorPrimitives.Divide(a, TensorPrimitives.Sum<T>(a), a);
    }

    /// <inheritdoc/>
    public static void Backward(ReadOnlySpan<T> a, Span<T> gradient)
    {
        // dzᵢ = aᵢ (daᵢ − Σⱼ aⱼ daⱼ)
        TensorPrimitives.Subtract(gradient, TensorPrimitives.Dot(a, gradient), gradient);
        TensorPrimitives.Multiply(gradient, a, gradient);
    }

    /// <inheritdoc/>
    public static bool TryApply<TLayer>(ReadOnlySpan<T> z, Span<T> a, int m)
        where TLayer : struct, IDenseLayer
    {
        if (!LogitRow.AreWhole<TLayer>(Math.Min(z.Length, a.Length), m))
        {
            return false;
        }

        VectorDispatch.Run<T, SoftmaxRows<T, TLayer>>(new(in MemoryMarshal.GetReference(z), ref MemoryMarshal.GetReference(a), m));
        return true;
    }
}
