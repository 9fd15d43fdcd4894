using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Z = A[l−1] W + b of a layer with lanes across outputs: as one product, or as one over each half of the inputs
/// (<see cref="InputHalves"/>). A few examples have a kernel of their own.
/// </summary>
internal static class LanesProduct<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>The whole product.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Where Z goes too, m rows; a null reference for nowhere, as always where the product is halved.</param>
    /// <param name="a">Takes what the epilogue makes of Z, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void Run<TEpilogue>(ref readonly T x, ref readonly T w, ref readonly T b, ref T z, ref T a, int m)
        where TEpilogue : struct, IEpilogue<T>
    {
        if (TLayer.HalvesInputs)
        {
            FirstHalf(in x, in w, in b, ref a, m);
            SecondHalf<SecondHalfEpilogue<T, TEpilogue>>(in x, in w, ref a, m);
        }
        else
        {
            Product<Forward<TLayer>, TEpilogue>(in x, in w, in b, ref z, ref a, m);
        }
    }

    /// <summary>The sums over the first half of the inputs, with the bias.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="sums">Takes the sums, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void FirstHalf(ref readonly T x, ref readonly T w, ref readonly T b, ref T sums, int m) =>
        Product<FirstHalf<TLayer>, BiasEpilogue<T>>(in x, in w, in b, ref Unsafe.NullRef<T>(), ref sums, m);

    /// <summary>The sums over the second half of the inputs.</summary>
    /// <param name="x">A[l−1], m rows.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="c">Takes what the epilogue makes of the sums, m rows.</param>
    /// <param name="m">The batch size.</param>
    public static void SecondHalf<TEpilogue>(ref readonly T x, ref readonly T w, ref T c, int m)
        where TEpilogue : struct, IEpilogue<T>
    {
        int border = InputHalves.LanesBorder(TLayer.Inputs);
        Product<SecondHalf<TLayer>, TEpilogue>(
            in Unsafe.Add(ref Unsafe.AsRef(in x), border),
            in Unsafe.Add(ref Unsafe.AsRef(in w), (nint)border * TLayer.WeightStride),
            in Unsafe.NullRef<T>(),
            ref Unsafe.NullRef<T>(),
            ref c,
            m);
    }

    private static void Product<TShape, TEpilogue>(ref readonly T x, ref readonly T w, ref readonly T b, ref T z, ref T a, int m)
        where TShape : struct, IProductShape
        where TEpilogue : struct, IEpilogue<T>
    {
        int rows = m;
        if (m <= FewRowsProduct<T, TShape, TEpilogue>.MostRows)
        {
            VectorDispatch.Run<T, FewRowsProduct<T, TShape, TEpilogue>>(new(in x, in w, in b, ref z, ref a, m));

            // Nothing is left to be done: the memory that more rows need is taken whatever the batch, where there is such.
            rows = 0;
        }

        if (rows > 0 || BroadcastProduct<T, TShape, TEpilogue>.KeepsMemory)
        {
            VectorDispatch.Run<T, BroadcastProduct<T, TShape, TEpilogue>>(new(in x, in w, in b, ref z, ref a, T.One, m, rows));
        }
    }
}
