using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The functions that the framework's vectors lack, or give less well, written once on top of the other operations: a single number and a lane of a
/// vector go through the same formula.
/// </summary>
/// <remarks>
/// NaN gives NaN. Both sides of a formula that changes with x are worked out and one is selected, lane by lane. The polynomials
/// were fitted for this file, in arithmetic of 60 digits, to the smallest greatest error relative to the function; the errors
/// stated are the greatest that were measured, with and without a fused multiply-add, in units of the last place of the result.
/// </remarks>
internal static partial class VectorFunctions
{
    /// <summary>1 / (1 + exp(−x)).</summary>
    /// <remarks>
    /// From exp(−|x|), which cannot overflow. Error: float 2.4 ulp, double 2.1 ulp.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return SigmoidOf<TOps, TVector, T>(x, ExpOfAtMost<TOps, TVector, T>(TOps.Negate(TOps.Abs(x))));
    }

    /// <summary>The same where exp(−|x|) is there.</summary>
    /// <param name="x">x.</param>
    /// <param name="e">exp(−|x|).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SigmoidOf<TOps, TVector, T>(TVector x, TVector e)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var numerator = TOps.Select(TOps.GreaterThan(x, TOps.Zero), TOps.One, e);
        return TOps.Divide(numerator, TOps.Add(TOps.One, e));
    }
}
