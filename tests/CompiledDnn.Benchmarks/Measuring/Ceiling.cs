using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Benchmarks;

/// <summary>What one core can do at most: multiply-adds in registers with enough sums to hide their latency.</summary>
internal static class Ceiling
{
    private const int Rounds = 20_000;
    private const int Sums = 12;

    /// <summary>Floating-point operations a second on the widest vectors.</summary>
    public static double OperationsPerSecond<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Action loop, int lanes) = Vector512.IsHardwareAccelerated
            ? (Repeat<Vector512Ops<T>, Vector512<T>, T>(), Vector512<T>.Count)
            : Vector256.IsHardwareAccelerated
                ? (Repeat<Vector256Ops<T>, Vector256<T>, T>(), Vector256<T>.Count)
                : (Repeat<Vector128Ops<T>, Vector128<T>, T>(), Vector128<T>.Count);
        return 2.0 * lanes * Sums * Rounds / Timing.Of(loop).Median;
    }

    private static Action Repeat<TOps, TVector, T>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        () => s_sink += double.CreateTruncating(MultiplyAdds<TOps, TVector, T>(Rounds));

    private static double s_sink;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T MultiplyAdds<TOps, TVector, T>(int rounds)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TVector a = TOps.Constant(0.9999), b = TOps.Constant(1e-4);
        TVector c0 = TOps.Constant(0), c1 = TOps.Constant(1), c2 = TOps.Constant(2), c3 = TOps.Constant(3);
        TVector c4 = TOps.Constant(4), c5 = TOps.Constant(5), c6 = TOps.Constant(6), c7 = TOps.Constant(7);
        TVector c8 = TOps.Constant(8), c9 = TOps.Constant(9), c10 = TOps.Constant(10), c11 = TOps.Constant(11);
        for (int i = 0; i < rounds; i++)
        {
            c0 = TOps.MultiplyAdd(c0, a, b);
            c1 = TOps.MultiplyAdd(c1, a, b);
            c2 = TOps.MultiplyAdd(c2, a, b);
            c3 = TOps.MultiplyAdd(c3, a, b);
            c4 = TOps.MultiplyAdd(c4, a, b);
            c5 = TOps.MultiplyAdd(c5, a, b);
            c6 = TOps.MultiplyAdd(c6, a, b);
            c7 = TOps.MultiplyAdd(c7, a, b);
            c8 = TOps.MultiplyAdd(c8, a, b);
            c9 = TOps.MultiplyAdd(c9, a, b);
            c10 = TOps.MultiplyAdd(c10, a, b);
            c11 = TOps.MultiplyAdd(c11, a, b);
        }

        TVector sum = TOps.Add(TOps.Add(TOps.Add(c0, c1), TOps.Add(c2, c3)), TOps.Add(TOps.Add(c4, c5), TOps.Add(c6, c7)));
        return TOps.Sum(TOps.Add(sum, TOps.Add(TOps.Add(c8, c9), TOps.Add(c10, c11))));
    }
}
