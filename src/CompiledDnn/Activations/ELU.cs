using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The exponential linear unit: a = z where z &gt; 0, otherwise α (exp(z) − 1).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOptions">Gives α: <see cref="ILayerOptions.Alpha"/>, not negative.</typeparam>
/// <remarks>
/// g'(z) = 1 where z &gt; 0, otherwise α exp(z) = a + α. D. Clevert, T. Unterthiner and S. Hochreiter, <i>Fast and Accurate Deep
/// Network Learning by Exponential Linear Units</i>, 2015.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "Elu(z, alpha=Alpha)")]
public readonly struct ELU<T, TOptions> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOptions : struct, ILayerOptions
{
    /// <inheritdoc/>
    public static bool IsDerivativeCheap => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // The side below zero never sees a positive z, so that it cannot overflow.
        var below = TOps.ExpMinusOne(TOps.Min(z, TOps.Zero));
        return TOps.Select(TOps.GreaterThan(z, TOps.Zero), z, TOps.Multiply(below, TOps.Constant(TOptions.Alpha)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Select(TOps.GreaterThan(a, TOps.Zero), TOps.One, TOps.Add(a, TOps.Constant(TOptions.Alpha)));
}
