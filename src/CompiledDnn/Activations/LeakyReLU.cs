using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The leaky rectifier: a = z where z &gt; 0, otherwise slope · z.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOptions">Gives the slope: <see cref="ILayerOptions.NegativeSlope"/>, not negative.</typeparam>
/// <remarks>
/// g'(z) = 1 where z &gt; 0, otherwise the slope; at the kink the slope. A. Maas, A. Hannun and A. Ng, <i>Rectifier Nonlinearities
/// Improve Neural Network Acoustic Models</i>, 2013.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "LeakyRelu(z, alpha=NegativeSlope)")]
public readonly struct LeakyReLU<T, TOptions> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOptions : struct, ILayerOptions
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
        TOps.Select(TOps.GreaterThan(z, TOps.Zero), z, TOps.Multiply(z, TOps.Constant(TOptions.NegativeSlope)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Select(TOps.GreaterThan(a, TOps.Zero), TOps.One, TOps.Constant(TOptions.NegativeSlope));
}
