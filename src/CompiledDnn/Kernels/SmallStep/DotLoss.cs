using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>The last layer's single output for the rows of a tile, its loss and DZ, from a logit that is still in its register.</summary>
/// <remarks>The same numbers to the bit as <see cref="DotOutput{T, TLayer, TActivation}"/> and the loss one after the other.</remarks>
internal static class DotLoss<T, TTarget, TLayer, TLoss>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTarget : unmanaged
    where TLayer : struct, IDenseLayer
    where TLoss : struct, IStepLoss<T, TTarget>
{
    /// <summary>All rows, or none where the loss does not do it at once.</summary>
    /// <param name="tile">The tile: its targets are read; Z, where it is kept, A, DZ and the loss are written.</param>
    /// <param name="x">A[l−1], rows padded with zeros to whole vectors.</param>
    /// <param name="w">W, padded likewise.</param>
    /// <param name="b">b, a single number.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static bool TryRun<TOps, TVector>(scoped in StepTile<T, TTarget> tile, ref T x, ref T w, ref T b)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int m = tile.Rows, row = 0;
        TVector total = TOps.Zero;
        for (; row + TOps.Count <= m; row += TOps.Count)
        {
            if (!TryRows<TOps, TVector>(in tile, ref x, ref w, ref b, row, TOps.Count, out TVector losses))
            {
                return false;
            }

            total = TOps.Add(total, losses);
        }

        if (row < m)
        {
            return TryRest<TOps, TVector>(in tile, ref x, ref w, ref b, row, total);
        }

        tile.Loss = double.CreateTruncating(TOps.Sum(total));
        return true;
    }

    // The last rows, which do not fill a vector, and the tile's loss. In a method of its own: beside the calls that it takes, all that goes on in the loop
    // over the others would be kept on the stack.
    [MethodImpl(KernelMethod.Alone)]
    private static bool TryRest<TOps, TVector>(scoped in StepTile<T, TTarget> tile, ref T x, ref T w, ref T b, int row, TVector total)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int count = tile.Rows - row;
        bool isDone = TryRows<TOps, TVector>(in tile, ref x, ref w, ref b, row, count, out TVector losses);
        if (isDone)
        {
            tile.Loss = double.CreateTruncating(TOps.Sum(TOps.Add(total, TOps.KeepFirst(losses, count))));
        }

        return isDone;
    }

    // As many rows as a vector has lanes, or fewer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRows<TOps, TVector>(
        scoped in StepTile<T, TTarget> tile, ref T x, ref T w, ref T b, int row, int count, out TVector losses)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var rows = new DotRows<T, TLayer>(ref Unsafe.Add(ref x, (nint)row * TLayer.InputRowStride), ref w);
        TVector sums = LaneFold.Run<TOps, TVector, T, DotRows<T, TLayer>>(in rows, count);
        TVector logits = TOps.Add(sums, TOps.Broadcast(b));
        ref T targets = ref Unsafe.As<TTarget, T>(ref MemoryMarshal.GetReference(tile.Targets));
        TVector y = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref targets, row), count);
        if (!TLoss.TryStep<TOps, TVector>(logits, y, out TVector a, out losses, out TVector dz))
        {
            return false;
        }

        if (!Unsafe.IsNullRef(ref tile.Z))
        {
            PartialVector.StoreRest<TOps, TVector, T>(logits, ref Unsafe.Add(ref tile.Z, row), count);
        }

        PartialVector.StoreRest<TOps, TVector, T>(a, ref Unsafe.Add(ref tile.A, row), count);
        PartialVector.StoreRest<TOps, TVector, T>(dz, ref Unsafe.Add(ref tile.DZ, row), count);
        return true;
    }
}
