using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Runs a loss over the outputs of a batch and either sums it, with or without weights of the examples, or writes it. Outputs lie in rows
/// of the layer's stride, targets in dense rows; behind the last of them nothing is read.
/// </summary>
internal readonly ref struct LossMap<T, TLayer, TOperation, TWeighting> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, ILossOperation<T>
    where TWeighting : struct, IWeighting
{
    // Sums of so many numbers are made in T, and these sums are added in double.
    private const int Chunk = 1024;

    private readonly ReadOnlySpan<T> _z;
    private readonly ReadOnlySpan<T> _a;
    private readonly ReadOnlySpan<T> _y;
    private readonly ReadOnlySpan<T> _weights;
    private readonly Span<T> _result;
    private readonly ref double _total;
    private readonly int _m;

    /// <param name="z">Logits, or any rows of the layer's stride where the operation needs none.</param>
    /// <param name="a">Outputs, or any rows of the layer's stride where the operation needs none.</param>
    /// <param name="y">Targets, dense.</param>
    /// <param name="weights">A weight for each example, for a weighted sum; else empty.</param>
    /// <param name="result">Where the results go, averaged over outputs where the operation says so, rows of the layer's stride; empty to sum them instead.</param>
    /// <param name="total">Takes the sum; a null reference when the results are written.</param>
    /// <param name="m">The batch size.</param>
    public LossMap(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, Span<T> result, ref double total, int m)
    {
        _z = z;
        _a = a;
        _y = y;
        _weights = weights;
        _result = result;
        _total = ref total;
        _m = m;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // A single output has rows of stride 1, which are one flat row; else a row is an example.
        bool flat = TLayer.RowStride == 1;
        int rows = flat ? (_m + Chunk - 1) / Chunk : _m;
        double total = 0;
        TVector sum = TOps.Zero;
        int summed = 0;
        for (int row = 0; row < rows; row++)
        {
            int columns = flat ? Math.Min(Chunk, _m - (row * Chunk)) : TLayer.Outputs;
            int at = row * (flat ? Chunk : TLayer.RowStride);
            int target = row * (flat ? Chunk : TLayer.Outputs);
            if (_result.IsEmpty)
            {
                sum = TOps.Add(sum, SumRow<TOps, TVector>(row, at, target, columns));
                summed += columns;
                if (summed >= Chunk)
                {
                    total += double.CreateTruncating(TOps.Sum(sum));
                    sum = TOps.Zero;
                    summed = 0;
                }
            }
            else
            {
                WriteRow<TOps, TVector>(at, target, columns);
            }
        }

        if (!Unsafe.IsNullRef(ref _total))
        {
            _total = total + double.CreateTruncating(TOps.Sum(sum));
        }
    }

    // A row's sums, lane by lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector SumRow<TOps, TVector>(int row, int at, int target, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector sum = TOps.Zero;
        int column = 0;
        for (; column + TOps.Count <= columns; column += TOps.Count)
        {
            sum = TOps.Add(sum, Weighted<TOps, TVector>(row, at + column, target + column, TOps.Count));
        }

        return column < columns
            ? TOps.Add(sum, TOps.KeepFirst(Weighted<TOps, TVector>(row, at + column, target + column, columns - column), columns - column))
            : sum;
    }

    // An example of weight zero counts nothing, also where its loss is not finite. In a flat row each number is an example.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Weighted<TOps, TVector>(int row, int at, int target, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector value = Apply<TOps, TVector>(at, target, rest);
        if (!TWeighting.IsGiven)
        {
            return value;
        }

        TVector weight = TLayer.RowStride == 1
            ? PartialVector.LoadRest<TOps, TVector, T>(_weights, at, rest)
            : TOps.Broadcast(_weights[row]);
        return TOps.Select(TOps.AreEqual(weight, TOps.Zero), TOps.Zero, TOps.Multiply(weight, value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteRow<TOps, TVector>(int at, int target, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int column = 0;
        for (; column + TOps.Count <= columns; column += TOps.Count)
        {
            TVector result = Average<TOps, TVector>(Apply<TOps, TVector>(at + column, target + column, TOps.Count));
            TOps.Store(result, ref _result[at + column]);
        }

        if (column < columns)
        {
            int rest = columns - column;
            TVector result = Average<TOps, TVector>(Apply<TOps, TVector>(at + column, target + column, rest));
            if (TLayer.RowStride == 1)
            {
                PartialVector.Store(result, ref _result[at + column], rest);
            }
            else
            {
                TOps.Store(TOps.KeepFirst(result, rest), ref _result[at + column]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Apply<TOps, TVector>(int at, int target, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOperation.Apply<TOps, TVector>(
            PartialVector.LoadRest<TOps, TVector, T>(_z, at, rest),
            PartialVector.LoadRest<TOps, TVector, T>(_a, at, rest),
            PartialVector.LoadRest<TOps, TVector, T>(_y, target, rest));

    // By a power of two a product is the same to the bit, and takes a fraction of the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Average<TOps, TVector>(TVector derivative)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        !TOperation.Averages ? derivative
        : int.IsPow2(TLayer.Outputs) ? TOps.Multiply(derivative, TOps.Constant(1.0 / TLayer.Outputs))
        : TOps.Divide(derivative, TOps.Constant(TLayer.Outputs));
}
