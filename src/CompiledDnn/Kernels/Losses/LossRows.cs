using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>An elementwise loss, summed over the outputs of each example by itself.</summary>
internal readonly ref struct LossRows<T, TLayer, TOperation> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, ILossOperation<T>
{
    private readonly ReadOnlySpan<T> _rows;
    private readonly ReadOnlySpan<T> _y;
    private readonly Span<T> _values;

    /// <param name="rows">Logits or outputs, whichever the operation needs, rows of the layer's stride.</param>
    /// <param name="y">Targets, dense.</param>
    /// <param name="values">Takes a number for each example: its length is m.</param>
    public LossRows(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, Span<T> values)
    {
        _rows = rows;
        _y = y;
        _values = values;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride == 1)
        {
            for (int i = 0; i < _values.Length; i += TOps.Count)
            {
                int rest = Math.Min(TOps.Count, _values.Length - i);
                PartialVector.Store(Apply<TOps, TVector>(i, i, rest), ref _values[i], rest);
            }

            return;
        }

        for (int row = 0; row < _values.Length; row++)
        {
            TVector sum = TOps.Zero;
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                int rest = Math.Min(TOps.Count, TLayer.Outputs - column);
                TVector value = Apply<TOps, TVector>((row * TLayer.RowStride) + column, (row * TLayer.Outputs) + column, rest);
                sum = TOps.Add(sum, TOps.KeepFirst(value, rest));
            }

            _values[row] = TOps.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Apply<TOps, TVector>(int at, int target, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector row = PartialVector.LoadRest<TOps, TVector, T>(_rows, at, rest);
        return TOperation.Apply<TOps, TVector>(row, row, PartialVector.LoadRest<TOps, TVector, T>(_y, target, rest));
    }
}
