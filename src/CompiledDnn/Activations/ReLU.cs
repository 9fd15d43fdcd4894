using System.Numerics;
using System.Runtime.CompilerServices;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>The rectifier: a = max(0, z).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = 1 where z &gt; 0, otherwise 0; at the kink 0. NaN stays NaN. V. Nair and G. Hinton, <i>Rectified Linear Units Improve
/// Restricted Boltzmann Machines</i>, 2010.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "Relu(z)")]
public readonly struct ReLU<T> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCheap => true;

    /// <inheritdoc/>
    public static bool IsDerivativeCheap => true;

    /// <inheritdoc/>
    public static bool IsRectifier => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        Bound.AtLeast<TOps, TVector, T>(TOps.Zero, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Select(TOps.GreaterThan(a, TOps.Zero), TOps.One, TOps.Zero);
}
