using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// Multiply-adds in registers, with as many sums as hide their latency: c = c a + a in 14 sums, which with a and the product that
/// processors without a fused instruction keep between the two are all of 16 registers.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="rounds">How often each sum is added to.</param>
internal sealed class MultiplyAddLoop<T>(int rounds) : IForVectors<T, Loop>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Sums = 14;

    private static double s_sink;

    public Loop Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        new(() => s_sink += double.CreateTruncating(MultiplyAdds<TOps, TVector>(rounds)), 2.0 * TOps.Count * Sums * rounds);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T MultiplyAdds<TOps, TVector>(int rounds)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector a = TOps.Constant(0.9999);
        TVector c0 = TOps.Constant(0), c1 = TOps.Constant(1), c2 = TOps.Constant(2), c3 = TOps.Constant(3), c4 = TOps.Constant(4);
        TVector c5 = TOps.Constant(5), c6 = TOps.Constant(6), c7 = TOps.Constant(7), c8 = TOps.Constant(8), c9 = TOps.Constant(9);
        TVector c10 = TOps.Constant(10), c11 = TOps.Constant(11), c12 = TOps.Constant(12), c13 = TOps.Constant(13);
        for (int i = 0; i < rounds; i++)
        {
            c0 = TOps.MultiplyAdd(c0, a, a);
            c1 = TOps.MultiplyAdd(c1, a, a);
            c2 = TOps.MultiplyAdd(c2, a, a);
            c3 = TOps.MultiplyAdd(c3, a, a);
            c4 = TOps.MultiplyAdd(c4, a, a);
            c5 = TOps.MultiplyAdd(c5, a, a);
            c6 = TOps.MultiplyAdd(c6, a, a);
            c7 = TOps.MultiplyAdd(c7, a, a);
            c8 = TOps.MultiplyAdd(c8, a, a);
            c9 = TOps.MultiplyAdd(c9, a, a);
            c10 = TOps.MultiplyAdd(c10, a, a);
            c11 = TOps.MultiplyAdd(c11, a, a);
            c12 = TOps.MultiplyAdd(c12, a, a);
            c13 = TOps.MultiplyAdd(c13, a, a);
        }

        TVector sum = TOps.Add(TOps.Add(TOps.Add(c0, c1), TOps.Add(c2, c3)), TOps.Add(TOps.Add(c4, c5), TOps.Add(c6, c7)));
        sum = TOps.Add(sum, TOps.Add(TOps.Add(c8, c9), TOps.Add(c10, c11)));
        return TOps.Sum(TOps.Add(sum, TOps.Add(c12, c13)));
    }
}
