using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>a = g(b + Σk x[k] W[k]) for one row of inputs and one output: lanes run across the inputs.</summary>
/// <remarks>From four vectors on there are four sums, because a sum that waits for the last one leaves the multiply-add units idle.</remarks>
internal static class RowDotProduct<T, TLayer, TActivation, TOps, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TActivation : struct, IActivation<T>
    where TOps : struct, IVectorOps<TVector, T>
    where TVector : struct
{
    /// <summary>One output.</summary>
    /// <param name="x">The row of inputs; as far as whole vectors reach it may be followed by anything.</param>
    /// <param name="w">W, one row.</param>
    /// <param name="b">b, one number and zeros.</param>
    /// <param name="a">The output; overwritten.</param>
    /// <param name="inline">True if it may be inlined into the method of the whole network.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref readonly T x, ref readonly T w, ref readonly T b, ref T a, bool inline)
    {
        if (inline && TLayer.Inputs < 4 * TOps.Count)
        {
            Product(in x, in w, in b, ref a);
        }
        else
        {
            Call(in x, in w, in b, ref a);
        }
    }

    /// <summary>One output, inlined into the method of the whole network.</summary>
    /// <param name="x">The inputs, which fit a vector; lanes beyond them may hold anything.</param>
    /// <param name="w">W, one row.</param>
    /// <param name="b">b, one number and zeros.</param>
    /// <param name="a">The output; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(TVector x, ref readonly T w, ref readonly T b, ref T a)
    {
        // Lanes that a layer does not have may be infinite or NaN, and zero weights would not hide that.
        TVector inputs = TLayer.Inputs < TOps.Count ? TOps.KeepFirst(x, TLayer.Inputs) : x;
        Finish(TOps.MultiplyAdd(inputs, TOps.Load(in w), TOps.Load(in b)), ref a);
    }

    [MethodImpl(KernelMethod.Alone)]
    private static void Call(ref readonly T x, ref readonly T w, ref readonly T b, ref T a) => Product(in x, in w, in b, ref a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(ref readonly T x, ref readonly T w, ref readonly T b, ref T a)
    {
        // The bias is followed by zeros.
        TVector c = TOps.Load(in b);
        int k = 0;
        if (TLayer.Inputs >= 4 * TOps.Count)
        {
            TVector d = TOps.Zero, e = TOps.Zero, f = TOps.Zero;
            for (; k + (4 * TOps.Count) <= TLayer.Inputs; k += 4 * TOps.Count)
            {
                c = TOps.MultiplyAdd(Load(in x, k), Load(in w, k), c);
                d = TOps.MultiplyAdd(Load(in x, k + TOps.Count), Load(in w, k + TOps.Count), d);
                e = TOps.MultiplyAdd(Load(in x, k + (2 * TOps.Count)), Load(in w, k + (2 * TOps.Count)), e);
                f = TOps.MultiplyAdd(Load(in x, k + (3 * TOps.Count)), Load(in w, k + (3 * TOps.Count)), f);
            }

            c = TOps.Add(TOps.Add(c, d), TOps.Add(e, f));
        }

        for (; k + TOps.Count <= TLayer.Inputs; k += TOps.Count)
        {
            c = TOps.MultiplyAdd(Load(in x, k), Load(in w, k), c);
        }

        if (TLayer.Inputs % TOps.Count != 0)
        {
            // What follows the inputs may be infinite or NaN, and zero weights would not hide that.
            c = TOps.MultiplyAdd(TOps.KeepFirst(Load(in x, k), TLayer.Inputs % TOps.Count), Load(in w, k), c);
        }

        Finish(c, ref a);
    }

    // As a vector, because a function's last bit can differ between a vector and a single number; as a short one, which is divided sooner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TVector sums, ref T a)
    {
        T z = TOps.Sum(sums);
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            a = TActivation.Apply<Vector128Ops<T>, Vector128<T>>(Vector128.CreateScalarUnsafe(z)).ToScalar();
            return;
        }

        TVector result = TActivation.Apply<TOps, TVector>(RegisterRow.First<TOps, TVector, T>(z));
        a = Unsafe.As<TVector, T>(ref result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref readonly T row, int k) => TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in row), k));
}
