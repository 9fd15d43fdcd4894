using System.Numerics;
using System.Runtime.CompilerServices;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>The smooth rectifier: a = log(1 + exp(z)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Worked out as max(z, 0) + log(1 + exp(−|z|)), finite for every finite z. g'(z) = σ(z) = 1 − exp(−a). C. Dugas, Y. Bengio,
/// F. Bélisle, C. Nadeau and R. Garcia, <i>Incorporating Second-Order Functional Knowledge for Better Option Pricing</i>, 2000.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "Softplus(z)")]
public readonly struct Softplus<T> : IActivation<T>, IDerivativeFromOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Add(TOps.Max(z, TOps.Zero), VectorFunctions.LogOnePlusAtMostOne<TOps, TVector, T>(TOps.Exp(TOps.Negate(TOps.Abs(z)))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Negate(TOps.ExpMinusOne(TOps.Negate(a)));
}
