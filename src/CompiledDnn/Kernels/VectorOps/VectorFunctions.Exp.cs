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
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var most = TOps.Constant(typeof(T) == typeof(float) ? 89 : 710);
        return ExpOfAtMost<TOps, TVector, T>(Bound.AtMost<TOps, TVector, T>(most, x));
    }

    // exp(x) for an x that is no more than where it becomes infinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpOfAtMost<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here down it is zero. Selected, not Max: NaN passes, at a lower price.
        var least = TOps.Constant(typeof(T) == typeof(float) ? -104 : -746);
        x = Bound.AtLeast<TOps, TVector, T>(least, x);
        var n = TOps.Subtract(BiasedExponent<TOps, TVector, T>(x), RoundingBias<TOps, TVector, T>());
        var p = ExpMinusOneOfRest<TOps, TVector, T>(x, n);
        return TOps.Scale(TOps.Add(TOps.One, p), n);
    }

    /// <summary>exp(x) − 1 for x ≤ 0, accurate for small x.</summary>
    /// <remarks>
    /// 2ⁿ (exp(r) − 1) + (2ⁿ − 1), where nothing cancels: with n = 0 the first term is all there is, else |r| is small beside the second. Error: float
    /// 1.0 ulp, double 1.0 ulp.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here down it rounds to −1, and 2ⁿ is far from where it is no normal number.
        x = Bound.AtLeast<TOps, TVector, T>(TOps.Constant(typeof(T) == typeof(float) ? -20 : -40), x);
        var biased = BiasedExponent<TOps, TVector, T>(x);
        var power = TOps.PowerOfTwo(biased);
        var p = ExpMinusOneOfRest<TOps, TVector, T>(x, TOps.Subtract(biased, RoundingBias<TOps, TVector, T>()));
        return TOps.MultiplyAdd(p, power, TOps.Subtract(power, TOps.One));
    }

    /// <summary>x · 2ⁿ in two factors, for machines without an instruction for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Scale<TOps, TVector, T>(TVector x, TVector n)
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Two factors, because at both ends of the range 2ⁿ is not a normal number.
        var bias = RoundingBias<TOps, TVector, T>();
        var biasedHalf = TOps.MultiplyAdd(n, TOps.Constant(0.5), bias);
        var biasedRest = TOps.Add(TOps.Subtract(n, TOps.Subtract(biasedHalf, bias)), bias);
        return TOps.Multiply(TOps.Multiply(x, TOps.PowerOfTwo(biasedHalf)), TOps.PowerOfTwo(biasedRest));
    }

    // exp(x) + 1 for an x between the two ends, where 2ⁿ is a normal number: 2ⁿ exp(r) + 1 with one rounding of the sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector BoundedExpPlusOne<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>, IBitOps<TVector>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var biased = BiasedExponent<TOps, TVector, T>(x);
        var power = TOps.PowerOfTwo(biased);
        var p = ExpMinusOneOfRest<TOps, TVector, T>(x, TOps.Subtract(biased, RoundingBias<TOps, TVector, T>()));
        return TOps.MultiplyAdd(p, power, TOps.Add(power, TOps.One));
    }

    // Adding 1.5 · 2²³ (2⁵²) rounds to a whole number and leaves it in the low bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundingBias<TOps, TVector, T>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged => TOps.Constant(typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0);

    // The whole number n next to x / log 2, and the bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector BiasedExponent<TOps, TVector, T>(TVector x)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged => TOps.MultiplyAdd(x, TOps.Constant(1.4426950408889634), RoundingBias<TOps, TVector, T>());

    // exp(r) − 1 = r + r² P(r) for r = x − n log 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinusOneOfRest<TOps, TVector, T>(TVector x, TVector n)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // log 2 in two parts, the first so short that its product with n is exact.
        var isFloat = typeof(T) == typeof(float);
        var r = TOps.MultiplyAdd(n, TOps.Constant(isFloat ? -0.693145751953125 : -0.693147180559663), x);
        r = TOps.MultiplyAdd(n, TOps.Constant(isFloat ? -1.4286068203094173E-06 : -2.8235290563031577E-13), r);
        var square = TOps.Multiply(r, r);
        var p = isFloat ? ExpFloat<TOps, TVector, T>(r, square) : ExpDouble<TOps, TVector, T>(r, square);
        return TOps.MultiplyAdd(square, p, r);
    }

    // (exp(r) − 1 − r) / r² as a polynomial in r, |r| ≤ ½ log 2: pairs of terms, so that fewer operations wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpFloat<TOps, TVector, T>(TVector r, TVector square)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TOps.MultiplyAdd(TOps.Constant(0.0013816839475628557), r, TOps.Constant(0.008368762146343578));
        p = TOps.MultiplyAdd(p, square, TOps.MultiplyAdd(TOps.Constant(0.04166835811286263), r, TOps.Constant(0.16666520248828326)));
        return TOps.MultiplyAdd(p, r, TOps.Constant(0.4999999350317951));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpDouble<TOps, TVector, T>(TVector r, TVector square)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TOps.MultiplyAdd(TOps.Constant(2.4998975913010504E-08), r, TOps.Constant(2.76303550470861E-07));
        p = TOps.MultiplyAdd(p, square, TOps.MultiplyAdd(TOps.Constant(2.7557590348906333E-06), r, TOps.Constant(2.480149283360091E-05)));
        p = TOps.MultiplyAdd(p, square, TOps.MultiplyAdd(TOps.Constant(0.00019841269501538804), r, TOps.Constant(0.0013888888943848952)));
        p = TOps.MultiplyAdd(p, square, TOps.MultiplyAdd(TOps.Constant(0.008333333333497065), r, TOps.Constant(0.04166666666652949)));
        return TOps.MultiplyAdd(p, square, TOps.MultiplyAdd(TOps.Constant(0.16666666666666408), r, TOps.Constant(0.5000000000000011)));
    }
}
