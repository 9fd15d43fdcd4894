using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The sigmoid linear unit, also called swish: a = z σ(z), where σ(z) = 1 / (1 + exp(−z)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// g'(z) = σ(z) (1 + z (1 − σ(z))). S. Elfwing, E. Uchibe and K. Doya, <i>Sigmoid-Weighted Linear Units for Neural Network
/// Function Approximation in Reinforcement Learning</i>, 2017; P. Ramachandran, B. Zoph and Q. Le, <i>Searching for Activation
/// Functions</i>, 2017.
/// </remarks>
[ActivationTraits(Initializer = DefaultInitializer.He, Onnx = "Mul(z, Sigmoid(z))")]
public readonly struct SiLU<T> : IActivation<T>, IDerivativeFromInput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Multiply(z, TOps.Sigmoid(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromInput<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var s = TOps.Sigmoid(z);
        return TOps.Multiply(s, TOps.MultiplyAdd(z, TOps.Subtract(TOps.One, s), TOps.One));
    }
}
