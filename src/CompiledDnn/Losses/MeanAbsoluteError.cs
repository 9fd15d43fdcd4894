using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The absolute error |a − y|, averaged over outputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The derivative of an output's loss is the sign of a − y; at the kink 0. NaN stays NaN.</remarks>
[LossTraits]
public readonly struct MeanAbsoluteError<T> : IElementwiseLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool AveragesOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Abs(TOps.Subtract(a, y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // What is neither positive nor negative, zero or NaN, is its own sign.
        var d = TOps.Subtract(a, y);
        var sign = TOps.Select(TOps.GreaterThan(d, TOps.Zero), TOps.One, d);
        return TOps.Select(TOps.GreaterThan(TOps.Zero, d), TOps.Negate(TOps.One), sign);
    }
}
