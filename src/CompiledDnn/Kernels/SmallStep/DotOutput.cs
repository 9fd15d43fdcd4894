using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The last layer's single output for the rows of a tile: Z = W X + b, A = g(Z).</summary>
/// <remarks>As many rows as a vector has lanes at a time: their products are added up together, and g is applied to all of them at once.</remarks>
internal static class DotOutput<T, TLayer, TActivation>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TActivation : struct, IActivation<T>
{
    /// <summary>All rows.</summary>
    /// <param name="x">A[l−1], rows padded with zeros to whole vectors.</param>
    /// <param name="w">W, padded likewise.</param>
    /// <param name="b">b, a single number.</param>
    /// <param name="z">Takes Z, m numbers; a null reference where nobody needs it.</param>
    /// <param name="a">Takes A, m numbers.</param>
    /// <param name="m">Rows.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int row = 0; row < m; row += TOps.Count)
        {
            // In one place: written out for whole vectors and for the rest, it would be too much for the JIT to inline.
            var rows = new DotRows<T, TLayer>(ref Unsafe.Add(ref x, (nint)row * TLayer.InputRowStride), ref w);
            TVector sums = LaneFold.Run<TOps, TVector, T, DotRows<T, TLayer>>(in rows, m - row);
            TVector logits = TOps.Add(sums, TOps.Broadcast(b));
            TVector result = TActivation.Apply<TOps, TVector>(logits);
            if (!Unsafe.IsNullRef(ref z))
            {
                PartialVector.StoreRest<TOps, TVector, T>(logits, ref Unsafe.Add(ref z, row), m - row);
            }

            PartialVector.StoreRest<TOps, TVector, T>(result, ref Unsafe.Add(ref a, row), m - row);
        }
    }
}

/// <summary>Each example's products with the weights, lane by lane.</summary>
/// <param name="x">A[l−1].</param>
/// <param name="w">W.</param>
internal readonly ref struct DotRows<T, TLayer>(ref T x, ref T w) : ILaneRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    private readonly ref T _x = ref x;
    private readonly ref T _w = ref w;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T x = ref Unsafe.Add(ref _x, (nint)row * TLayer.InputRowStride);
        TVector sum = TOps.MultiplyAdd(TOps.Load(ref x), TOps.Load(ref _w), TOps.Zero);
        for (int k = TOps.Count; k < TLayer.Inputs; k += TOps.Count)
        {
            sum = TOps.MultiplyAdd(TOps.Load(ref Unsafe.Add(ref x, k)), TOps.Load(ref Unsafe.Add(ref _w, k)), sum);
        }

        return sum;
    }
}
