using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The logistic function: a = 1 / (1 + exp(−z)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = a (1 − a). Finite for every z.
/// </remarks>
[ActivationTraits(Range = OutputRange.Probability, DefaultLoss = Loss.BinaryCrossEntropy, Initializer = DefaultInitializer.Glorot,
    Onnx = "Sigmoid(z)")]
public readonly struct Sigmoid<T> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDerivativeCheap => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Sigmoid(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Multiply(a, TOps.Subtract(TOps.One, a));
}
