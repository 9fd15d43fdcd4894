using System.Numerics;
using System.Runtime.CompilerServices;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>The Gaussian error linear unit: a = z Φ(z), where Φ(z) = ½ (1 + erf(z / √2)) is the normal distribution function.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = Φ(z) + z φ(z), where φ(z) = exp(−z² / 2) / √(2π). The exact form, not its approximation by tanh. D. Hendrycks and
/// K. Gimpel, <i>Gaussian Error Linear Units</i>, 2016.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "Mul(Mul(z, Add(Erf(Div(z, 1.4142135623730951)), 1)), 0.5)")]
public readonly struct GELU<T> : IActivation<T>, IDerivativeFromInput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double InverseRootOfTwoPi = 0.39894228040143268;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Multiply(z, Distribution<TOps, TVector>(z, Bell<TOps, TVector>(z)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromInput<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var e = Bell<TOps, TVector>(z);
        var density = TOps.Multiply(e, TOps.Constant(InverseRootOfTwoPi));
        return TOps.MultiplyAdd(z, density, Distribution<TOps, TVector>(z, e));
    }

    // exp(−z² / 2), of which both Φ and φ are made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bell<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Exp(TOps.Multiply(TOps.Multiply(z, TOps.Constant(-0.5)), z));

    // Φ(z): below zero the tail itself, so that nothing cancels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Distribution<TOps, TVector>(TVector z, TVector e)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var tail = VectorFunctions.NormalTail<TOps, TVector, T>(TOps.Abs(z), e);
        return TOps.Select(TOps.GreaterThan(z, TOps.Zero), TOps.Subtract(TOps.One, tail), tail);
    }
}
