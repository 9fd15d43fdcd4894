using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>No activation: a = z.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = 1.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.Glorot, Onnx = "z")]
public readonly struct Identity<T> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCheap => true;

    /// <inheritdoc/>
    public static bool IsDerivativeCheap => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        z;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.One;
}
