using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// What a single output passes down, DZ[l−1] = Wᵀ DZ ∘ g'(Z[l−1]), and its gradient DW = Σ DZ A[l−1], in one pass over the rows of a tile.
/// </summary>
/// <remarks>The gradient is summed in the order of the rows, as in two passes.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TLayer">The layer of the single output.</typeparam>
/// <typeparam name="TOperation">From DA[l−1] to DZ[l−1].</typeparam>
/// <typeparam name="TEpilogue">What becomes of the gradient.</typeparam>
internal static class DotBackward<T, TLayer, TOperation, TEpilogue>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, IRowOperation<T>
    where TEpilogue : struct, IEpilogue<T>
{
    /// <summary>All rows.</summary>
    /// <param name="dz">DZ, m numbers.</param>
    /// <param name="w">W.</param>
    /// <param name="x">A[l−1].</param>
    /// <param name="source">What g' follows from: A[l−1] or Z[l−1].</param>
    /// <param name="below">Takes DZ[l−1].</param>
    /// <param name="dw">Takes DW; may be the same memory as <paramref name="w"/>.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">Rows.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector>(ref T dz, ref T w, ref T x, ref T source, ref T below, ref T dw, T scale, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int column = 0; column < TLayer.Inputs; column += TOps.Count)
        {
            TVector weights = TOps.Load(ref Unsafe.Add(ref w, column));
            TVector sum = TOps.Zero;
            nint at = column;
            for (int row = 0; row < m; row++)
            {
                sum = Row<TOps, TVector>(Unsafe.Add(ref dz, row), weights, ref x, ref source, ref below, at, column, sum);
                at += TLayer.InputRowStride;
            }

            ref T target = ref Unsafe.Add(ref dw, column);
            TVector old = TEpilogue.ReadsOld ? TOps.Load(ref target) : TOps.Zero;
            TOps.Store(TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(scale), old), ref target);
        }
    }

    // Padding of DZ[l−1] stays zero whatever DZ is: 0 · NaN would not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Row<TOps, TVector>(T dz, TVector weights, ref T x, ref T source, ref T below, nint at, int column, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector gradient = TOps.Broadcast(dz);
        TVector result = TOperation.Apply<TOps, TVector>(TOps.Load(ref Unsafe.Add(ref source, at)), TOps.Multiply(gradient, weights));
        if (column + TOps.Count > TLayer.Inputs)
        {
            result = TOps.KeepFirst(result, TLayer.Inputs % TOps.Count);
        }

        TOps.Store(result, ref Unsafe.Add(ref below, at));
        return TOps.MultiplyAdd(gradient, TOps.Load(ref Unsafe.Add(ref x, at)), sum);
    }
}
