using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>b + Σk x[k] W[k, :] for inputs in a register, of which each lane is put into all others, and outputs of one vector.</summary>
/// <remarks>
/// What is stored and loaded again costs some fifteen cycles, and far more where the weights happen to lie a multiple of 4 kB away from the store:
/// such a load waits for it. Terms 0, 4, 8 and 12 have a sum, terms 1, 5, 9 and 13 another, and so on.
/// </remarks>
internal static class RegisterProduct<T, TLayer, TOps, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOps : struct, IVectorOps<TVector, T>
    where TVector : struct
{
    /// <summary>The sums.</summary>
    /// <param name="x">The inputs; lanes beyond them are not looked at.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum(TVector x, ref readonly T w, ref readonly T b)
    {
        ref T rows = ref Unsafe.AsRef(in w);
        TVector c = Term(x, 0, ref rows, TOps.Load(in b));
        TVector d = Term(x, 1, ref rows, TOps.Zero);
        TVector e = Term(x, 2, ref rows, TOps.Zero);
        TVector f = Term(x, 3, ref rows, TOps.Zero);
        c = Term(x, 4, ref rows, c);
        d = Term(x, 5, ref rows, d);
        e = Term(x, 6, ref rows, e);
        f = Term(x, 7, ref rows, f);
        if (TLayer.Inputs > 8)
        {
            c = Term(x, 8, ref rows, c);
            d = Term(x, 9, ref rows, d);
            e = Term(x, 10, ref rows, e);
            f = Term(x, 11, ref rows, f);
            c = Term(x, 12, ref rows, c);
            d = Term(x, 13, ref rows, d);
            e = Term(x, 14, ref rows, e);
            f = Term(x, 15, ref rows, f);
        }

        return TOps.Add(TOps.Add(c, d), TOps.Add(e, f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Term(TVector x, int k, ref T rows, TVector sum) =>
        TLayer.Inputs > k
            ? TOps.MultiplyAdd(RegisterRow.Broadcast(x, k), TOps.Load(ref Unsafe.Add(ref rows, k * TLayer.WeightStride)), sum)
            : sum;
}
