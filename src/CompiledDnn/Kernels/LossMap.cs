using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Runs a loss over the outputs of a batch and either sums it or writes it. Outputs lie in rows of the layer's stride, targets in dense
/// rows; what does not fill a vector at the end of the batch is read number by number, because nothing need follow the last target.
/// </summary>
internal readonly ref struct LossMap<T, TLayer, TOperation> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, ILossOperation<T>
{
    // Sums of so many numbers are made in T, and these sums are added in double.
    private const int Chunk = 1024;

    private readonly ref readonly T _z;
    private readonly ref readonly T _a;
    private readonly ref readonly T _y;
    private readonly ref T _result;
    private readonly ref double _total;
    private readonly T _divisor;
    private readonly int _m;

    /// <param name="z">Logits, or any rows of the layer's stride where the operation needs none.</param>
    /// <param name="a">Outputs, or any rows of the layer's stride where the operation needs none.</param>
    /// <param name="y">Targets, dense.</param>
    /// <param name="result">Where the results divided by <paramref name="divisor"/> go, rows of the layer's stride; a null reference to sum them instead.</param>
    /// <param name="total">Takes the sum; a null reference when the results are written.</param>
    /// <param name="divisor">What written results are divided by.</param>
    /// <param name="m">The batch size.</param>
    public LossMap(ref readonly T z, ref readonly T a, ref readonly T y, ref T result, ref double total, T divisor, int m)
    {
        _z = ref z;
        _a = ref a;
        _y = ref y;
        _result = ref result;
        _total = ref total;
        _divisor = divisor;
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
        for (int row = 0; row < rows; row++)
        {
            int columns = flat ? Math.Min(Chunk, _m - (row * Chunk)) : TLayer.Outputs;
            nint at = (nint)row * (flat ? Chunk : TLayer.RowStride);
            nint target = (nint)row * (flat ? Chunk : TLayer.Outputs);
            if (Unsafe.IsNullRef(ref _result))
            {
                total += SumRow<TOps, TVector>(at, target, columns);
            }
            else
            {
                WriteRow<TOps, TVector>(at, target, columns);
            }
        }

        if (!Unsafe.IsNullRef(ref _total))
        {
            _total = total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumRow<TOps, TVector>(nint at, nint target, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector sum = TOps.Zero;
        int column = 0;
        for (; column + TOps.Count <= columns; column += TOps.Count)
        {
            sum = TOps.Add(sum, Apply<TOps, TVector>(at + column, target + column));
        }

        double total = double.CreateTruncating(TOps.Sum(sum));
        for (; column < columns; column++)
        {
            total += double.CreateTruncating(Apply<ScalarOps<T>, T>(at + column, target + column));
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRow<TOps, TVector>(nint at, nint target, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector divisor = TOps.Broadcast(_divisor);
        int column = 0;
        for (; column + TOps.Count <= columns; column += TOps.Count)
        {
            TVector result = TOps.Divide(Apply<TOps, TVector>(at + column, target + column), divisor);
            TOps.Store(result, ref Unsafe.Add(ref _result, at + column));
        }

        if (column >= columns)
        {
            return;
        }

        int rest = columns - column;
        if (TLayer.RowStride != 1 && target + column + TOps.Count <= (nint)_m * TLayer.Outputs)
        {
            // Rows of the layer reach to the end of a vector, and targets of later examples follow: what they give is zeroed.
            TVector whole = TOps.Divide(Apply<TOps, TVector>(at + column, target + column), divisor);
            TOps.Store(TOps.KeepFirst(whole, rest), ref Unsafe.Add(ref _result, at + column));
            return;
        }

        TVector last = TOperation.Apply<TOps, TVector>(
            PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _z), at + column), rest),
            PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _a), at + column), rest),
            PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _y), target + column), rest));
        PartialVector.Store(TOps.Divide(last, divisor), ref Unsafe.Add(ref _result, at + column), rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Apply<TOps, TVector>(nint at, nint target)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOperation.Apply<TOps, TVector>(
            TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _z), at)),
            TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _a), at)),
            TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _y), target)));
}
