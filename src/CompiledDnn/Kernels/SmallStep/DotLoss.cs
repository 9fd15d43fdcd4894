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
        int m = tile.Rows;
        ref T targets = ref Unsafe.As<TTarget, T>(ref MemoryMarshal.GetReference(tile.Targets));
        TVector total = TOps.Zero;
        for (int row = 0; row < m; row += TOps.Count)
        {
            var rows = new DotRows<T, TLayer>(ref Unsafe.Add(ref x, (nint)row * TLayer.InputRowStride), ref w);
            TVector sums = LaneFold.Run<TOps, TVector, T, DotRows<T, TLayer>>(in rows, m - row);
            TVector logits = TOps.Add(sums, TOps.Broadcast(b));
            TVector y = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref targets, row), m - row);
            if (!TLoss.TryStep<TOps, TVector>(logits, y, out TVector a, out TVector value, out TVector dz))
            {
                return false;
            }

            if (!Unsafe.IsNullRef(ref tile.Z))
            {
                PartialVector.StoreRest<TOps, TVector, T>(logits, ref Unsafe.Add(ref tile.Z, row), m - row);
            }

            PartialVector.StoreRest<TOps, TVector, T>(a, ref Unsafe.Add(ref tile.A, row), m - row);
            PartialVector.StoreRest<TOps, TVector, T>(dz, ref Unsafe.Add(ref tile.DZ, row), m - row);
            total = TOps.Add(total, m - row < TOps.Count ? TOps.KeepFirst(value, m - row) : value);
        }

        tile.Loss = double.CreateTruncating(TOps.Sum(total));
        return true;
    }
}
