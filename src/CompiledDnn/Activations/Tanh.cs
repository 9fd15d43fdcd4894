using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The hyperbolic tangent: a = tanh(z).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = 1 − a². Finite for every z.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.Glorot, Onnx = "Tanh(z)")]
public readonly struct Tanh<T> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDerivativeCheap => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Tanh(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Multiply(TOps.Subtract(TOps.One, a), TOps.Add(TOps.One, a));
}
