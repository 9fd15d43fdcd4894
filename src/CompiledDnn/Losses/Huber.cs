using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>
/// The Huber loss, a square near zero and a line further out, averaged over outputs: with d = a − y, ½ d² where |d| ≤ δ,
/// otherwise δ (|d| − ½ δ).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOptions">Gives δ: <see cref="ILossOptions.HuberDelta"/>, positive.</typeparam>
/// <remarks>
/// The derivative of an output's loss is d held between −δ and δ. P. Huber, <i>Robust Estimation of a Location Parameter</i>, 1964.
/// </remarks>
[LossTraits]
public readonly struct Huber<T, TOptions> : IElementwiseLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOptions : struct, ILossOptions
{
    /// <inheritdoc/>
    public static bool AveragesOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // Both pieces are c (|d| − ½ c) with c = min(|d|, δ).
        var magnitude = TOps.Abs(TOps.Subtract(a, y));
        var c = TOps.Min(magnitude, TOps.Constant(TOptions.HuberDelta));
        return TOps.Multiply(c, TOps.Subtract(magnitude, TOps.Multiply(c, TOps.Constant(0.5))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var d = TOps.Subtract(a, y);
        return TOps.Min(TOps.Max(d, TOps.Constant(-TOptions.HuberDelta)), TOps.Constant(TOptions.HuberDelta));
    }
}
