using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The forward product of a layer with lanes across outputs for a tile of few rows.</summary>
/// <remarks>
/// One row after the other, as one example is predicted: a row has as many sums as keep the multiply-add units busy, while a tile of one to
/// three rows and as many vectors would wait for each multiply-add.
/// </remarks>
internal static class FewRowsStep<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Of more rows, a tile has sums enough.</summary>
    public const int Most = 3;

    /// <summary>Z = W X + b, and A = g(Z).</summary>
    /// <param name="x">Rows of A[l−1].</param>
    /// <param name="w">W.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Takes Z; a null reference where nobody needs it.</param>
    /// <param name="a">Takes A.</param>
    /// <param name="m">How many rows.</param>
    public static void Run<TActivation, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where TActivation : struct, IActivation<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // Padding stays zero, which g(0) need not be.
        if (TActivation.IsCheap && TLayer.Outputs % TOps.Count == 0 && Unsafe.IsNullRef(ref z))
        {
            Products<TActivation, TOps, TVector>(ref x, ref w, ref b, ref a, m);
            return;
        }

        ref T logits = ref StepProducts.FirstOf(ref z, ref a);
        Run<TOps, TVector>(ref x, ref w, ref b, ref logits, m);
        new RowMap<T, TLayer, ActivateOperation<T, TActivation>>(in logits, in logits, ref a, m).Run<TOps, TVector>();
    }

    /// <summary>Z = W X + b.</summary>
    /// <param name="x">Rows of A[l−1].</param>
    /// <param name="w">W.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Takes Z.</param>
    /// <param name="m">How many rows.</param>
    public static void Run<TOps, TVector>(ref T x, ref T w, ref T b, ref T z, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => Products<Identity<T>, TOps, TVector>(ref x, ref w, ref b, ref z, m);

    private static void Products<TActivation, TOps, TVector>(ref T x, ref T w, ref T b, ref T a, int m)
        where TActivation : struct, IActivation<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int row = 0; row < m; row++)
        {
            RowProduct<T, TLayer, TActivation, TOps, TVector>.Run(
                ref Unsafe.Add(ref x, row * TLayer.InputRowStride), ref w, ref b, ref Unsafe.Add(ref a, row * TLayer.RowStride));
        }
    }
}
