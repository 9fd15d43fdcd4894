using System.Numerics;
using System.Runtime.CompilerServices;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>The notebook's cross-entropy −(y log a + (1 − y) log(1 − a)) of independent probabilities, summed over outputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The derivative of an output's loss is −(y / a − (1 − y) / (1 − a)). A term whose weight, y or 1 − y, is zero counts as zero
/// whatever its logarithm or quotient: a prediction of exactly 0 for y = 0 costs nothing.
/// <para>
/// After a sigmoid both come from the logit: the loss is max(z, 0) − z y + log(1 + exp(−|z|)), and dz = a − y. They are finite
/// for every finite logit and equal to the notebook's formulas wherever those are finite.
/// </para>
/// </remarks>
[LossTraits(Requires = OutputRange.Probability)]
public readonly struct BinaryCrossEntropy<T> : IElementwiseLoss<T>, IFusedLoss<T, Sigmoid<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool AveragesOutputs => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var no = TOps.Subtract(TOps.One, y);
        var yesTerm = WhereWeighted<TOps, TVector>(y, TOps.Multiply(y, TOps.Log(a)));
        var noTerm = WhereWeighted<TOps, TVector>(no, TOps.Multiply(no, TOps.LogOnePlus(TOps.Negate(a))));
        return TOps.Negate(TOps.Add(yesTerm, noTerm));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var no = TOps.Subtract(TOps.One, y);
        var yesTerm = WhereWeighted<TOps, TVector>(y, TOps.Divide(y, a));
        var noTerm = WhereWeighted<TOps, TVector>(no, TOps.Divide(no, TOps.Subtract(TOps.One, a)));
        return TOps.Subtract(noTerm, yesTerm);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ValueFromLogits<TOps, TVector>(TVector z, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        ValueFromLogits<TOps, TVector>(z, y, TOps.Exp(TOps.Negate(TOps.Abs(z))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector DerivativeFromLogits<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Subtract(a, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStepFromLogits<TOps, TVector>(TVector z, TVector y, out TVector a, out TVector value, out TVector dz)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var e = TOps.Exp(TOps.Negate(TOps.Abs(z)));

        // A single number's exponential is the framework's, whose bits are others than those that a sigmoid is made of.
        a = TOps.Count == 1 ? TOps.Sigmoid(z) : VectorFunctions.SigmoidOf<TOps, TVector, T>(z, e);
        value = ValueFromLogits<TOps, TVector>(z, y, e);
        dz = TOps.Subtract(a, y);
        return true;
    }

    // max(z, 0) − z y + log(1 + e), e = exp(−|z|)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ValueFromLogits<TOps, TVector>(TVector z, TVector y, TVector e)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var line = TOps.Subtract(TOps.Max(z, TOps.Zero), TOps.Multiply(z, y));
        return TOps.Add(line, VectorFunctions.LogOnePlusAtMostOne<TOps, TVector, T>(e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WhereWeighted<TOps, TVector>(TVector weight, TVector term)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Select(TOps.AreEqual(weight, TOps.Zero), TOps.Zero, term);
}
