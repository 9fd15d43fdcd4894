using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

internal static partial class VectorFunctions
{
    /// <summary>The exponential function, for vectors.</summary>
    /// <remarks>
    /// x = n log 2 + r with a whole n and |r| ≤ ½ log 2; exp(x) = 2ⁿ (1 + r + r² P(r)). In place of the framework's, which
    /// is off by up to 2.1 ulp and gives 1.0000001 for exp(0) in float, so that a sigmoid would not be ½ there. Error: float 1.0 ulp, double 1.0 ulp.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>, IPowerOfTwo<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var isFloat = typeof(T) == typeof(float);
        // Beyond these it is infinite or zero. Selected, not Min and Max: NaN passes, at a lower price.
        TVector most = TOps.Constant(isFloat ? 89 : 710), least = TOps.Constant(isFloat ? -104 : -746);
        x = TOps.Select(TOps.GreaterThan(x, most), most, x);
        x = TOps.Select(TOps.GreaterThan(least, x), least, x);

        // Adding 1.5 · 2²³ (2⁵²) rounds to a whole number and leaves it in the low bits.
        var bias = TOps.Constant(isFloat ? 12582912.0 : 6755399441055744.0);
        var n = TOps.Subtract(TOps.MultiplyAdd(x, TOps.Constant(1.4426950408889634), bias), bias);

        // log 2 in two parts, the first so short that its product with n is exact.
        var r = TOps.MultiplyAdd(n, TOps.Constant(isFloat ? -0.693145751953125 : -0.693147180559663), x);
        r = TOps.MultiplyAdd(n, TOps.Constant(isFloat ? -1.4286068203094173E-06 : -2.8235290563031577E-13), r);
        var p = isFloat ? ExpFloat<TOps, TVector, T>(r) : ExpDouble<TOps, TVector, T>(r);
        p = TOps.Add(TOps.One, TOps.MultiplyAdd(TOps.Multiply(r, r), p, r));

        // 2ⁿ in two factors, because at both ends of the range it is not a normal number itself.
        var biasedHalf = TOps.MultiplyAdd(n, TOps.Constant(0.5), bias);
        var biasedRest = TOps.Add(TOps.Subtract(n, TOps.Subtract(biasedHalf, bias)), bias);
        return TOps.Multiply(TOps.Multiply(p, TOps.PowerOfTwo(biasedHalf)), TOps.PowerOfTwo(biasedRest));
    }

    // (exp(r) − 1 − r) / r² as a polynomial in r, |r| ≤ ½ log 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpFloat<TOps, TVector, T>(TVector r)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TOps.Constant(0.0013816839475628557);
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.008368762146343578));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.04166835811286263));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.16666520248828326));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.4999999350317951));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpDouble<TOps, TVector, T>(TVector r)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TOps.Constant(2.4998975913010504E-08);
        p = TOps.MultiplyAdd(p, r, TOps.Constant(2.76303550470861E-07));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(2.7557590348906333E-06));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(2.480149283360091E-05));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.00019841269501538804));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.0013888888943848952));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.008333333333497065));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.04166666666652949));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.16666666666666408));
        p = TOps.MultiplyAdd(p, r, TOps.Constant(0.5000000000000011));
        return p;
    }
}
