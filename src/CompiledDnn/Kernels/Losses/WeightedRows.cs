using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Row i times weight i, in place, and zero for a weight of zero whatever the row holds. A single output has rows of stride 1, which are one
/// flat row.
/// </summary>
internal readonly ref struct WeightedRows<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    private readonly ReadOnlySpan<T> _weights;
    private readonly Span<T> _rows;

    /// <param name="weights">The weights: their number is m.</param>
    /// <param name="rows">m rows of the layer's stride; updated.</param>
    public WeightedRows(ReadOnlySpan<T> weights, Span<T> rows)
    {
        _weights = weights;
        _rows = rows;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride == 1)
        {
            for (int i = 0; i < _weights.Length; i += TOps.Count)
            {
                int rest = Math.Min(TOps.Count, _weights.Length - i);
                TVector weights = PartialVector.LoadRest<TOps, TVector, T>(_weights, i, rest);
                PartialVector.Store(Weigh<TOps, TVector>(weights, PartialVector.LoadRest<TOps, TVector, T>(_rows, i, rest)), ref _rows[i], rest);
            }

            return;
        }

        for (int row = 0; row < _weights.Length; row++)
        {
            TVector weight = TOps.Broadcast(_weights[row]);
            ref T first = ref _rows[row * TLayer.RowStride];
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                ref T at = ref Unsafe.Add(ref first, column);
                TVector weighted = Weigh<TOps, TVector>(weight, TOps.Load(ref at));
                TOps.Store(TOps.KeepFirst(weighted, Math.Min(TOps.Count, TLayer.Outputs - column)), ref at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weigh<TOps, TVector>(TVector weight, TVector row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOps.Select(TOps.AreEqual(weight, TOps.Zero), TOps.Zero, TOps.Multiply(weight, row));
}
