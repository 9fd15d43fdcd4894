using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Rows of targets beside <see cref="LogitColumns{T, TLayer}"/>: what softmax's cross-entropy needs of them, added up from the first class to the last.</summary>
internal static class TargetColumns<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Copies dense rows to rows of the layer's stride.</summary>
    /// <param name="y">The targets of the whole batch.</param>
    /// <param name="first">The first example.</param>
    /// <param name="rows">How many.</param>
    /// <param name="copy">Takes the rows, padded with zeros to whole vectors.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Copy<TOps, TVector>(ReadOnlySpan<T> y, int first, int rows, ref T copy)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                TVector targets = PartialVector.LoadRest<TOps, TVector, T>(y, ((first + row) * TLayer.Outputs) + column, TLayer.Outputs - column);
                TOps.Store(targets, ref Unsafe.Add(ref copy, (row * TLayer.RowStride) + column));
            }
        }
    }

    /// <summary>Σ y and Σ y (z − max z) of each example of a block; a y of zero counts as zero.</summary>
    /// <param name="z">z in columns.</param>
    /// <param name="y">y in columns.</param>
    /// <param name="rows">How many examples.</param>
    /// <param name="greatest">max z of each example.</param>
    /// <param name="weights">Takes Σ y of each.</param>
    /// <param name="products">Takes Σ y (z − max z) of each.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Sums<TOps, TVector>(ref T z, ref T y, int rows, ref T greatest, ref T weights, ref T products)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int example = 0; example < rows; example += TOps.Count)
        {
            TVector shift = TOps.Load(ref Unsafe.Add(ref greatest, example));
            TVector weight = TOps.Zero, product = TOps.Zero;
            for (int column = 0; column < TLayer.Outputs; column++)
            {
                int at = (column * LogitColumns<T, TLayer>.Examples) + example;
                TVector target = TOps.Load(ref Unsafe.Add(ref y, at));
                TVector term = TOps.Multiply(target, TOps.Subtract(TOps.Load(ref Unsafe.Add(ref z, at)), shift));
                product = TOps.Add(product, TOps.Select(TOps.AreEqual(target, TOps.Zero), TOps.Zero, term));
                weight = TOps.Add(weight, target);
            }

            TOps.Store(weight, ref Unsafe.Add(ref weights, example));
            TOps.Store(product, ref Unsafe.Add(ref products, example));
        }
    }

    /// <summary>The same of one example, in the same order.</summary>
    /// <param name="z">Its logits.</param>
    /// <param name="y">Its targets.</param>
    /// <param name="greatest">max z.</param>
    /// <param name="weight">Σ y.</param>
    /// <param name="product">Σ y (z − max z).</param>
    public static void Row(ref T z, ref T y, T greatest, out T weight, out T product)
    {
        weight = product = T.Zero;
        for (int column = 0; column < TLayer.Outputs; column++)
        {
            T target = Unsafe.Add(ref y, column);
            product += target == T.Zero ? T.Zero : target * (Unsafe.Add(ref z, column) - greatest);
            weight += target;
        }
    }
}
