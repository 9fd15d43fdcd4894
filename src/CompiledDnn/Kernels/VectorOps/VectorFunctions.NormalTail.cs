using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

internal static partial class VectorFunctions
{
    /// <summary>½ erfc(x / √2), what the normal distribution has beyond x, for x ≥ 0 where exp(−x² / 2) is there.</summary>
    /// <param name="x">x; from where the result rounds away beside one, it is held fixed in the second factor.</param>
    /// <param name="e">exp(−x² / 2).</param>
    /// <remarks>exp(−x² / 2) P(u) with u = x / (x + 5), whose greatest error is where exp(−x² / 2) is small. Error: float less than 9E-8, double less than 4E-16.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalTail<TOps, TVector, T>(TVector x, TVector e)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var isFloat = typeof(T) == typeof(float);
        var held = TOps.Min(x, TOps.Constant(isFloat ? 6 : 9));
        var u = TOps.Divide(held, TOps.Add(held, TOps.Constant(5)));
        var p = isFloat ? NormalTailFloat<TOps, TVector, T>(u) : NormalTailDouble<TOps, TVector, T>(u);
        return TOps.Multiply(e, p);
    }

    // ½ erfc(x / √2) exp(x² / 2) as a polynomial in u = x / (x + 5), 0 ≤ x ≤ 6.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NormalTailFloat<TOps, TVector, T>(TVector u)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var p = TOps.Constant(1.091174265337943);
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-3.6566883397614991));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(5.9585109048599882));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-6.1178305348695667));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(4.2552971618576182));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-1.994711170930225));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.49999999700866747));
        return p;
    }

    // The same, 0 ≤ x ≤ 9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NormalTailDouble<TOps, TVector, T>(TVector u)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var p = TOps.Constant(-0.0079751171274590696);
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.033898381703039778));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-0.044763103704730929));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(7.4512495825469507E-05));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.013265850458028964));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.092311319969238514));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-0.073902940013432843));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-0.31496729960772134));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.45215737266842432));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.84988213977641454));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-3.5932567466722066));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(5.9500035546556274));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-6.1173064189086719));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(4.2552885979951799));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(-1.9947114020071757));
        p = TOps.MultiplyAdd(p, u, TOps.Constant(0.5));
        return p;
    }
}
