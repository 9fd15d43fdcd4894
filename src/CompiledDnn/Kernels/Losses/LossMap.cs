using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        double total = 0;
        if (TLayer.RowStride == 1)
        {
            total = Flat<TOps, TVector>();
        }
        else if (_result.IsEmpty)
        {
            total = SumRows<TOps, TVector>();
        }
        else
        {
            WriteRows<TOps, TVector>();
        }

        if (!Unsafe.IsNullRef(ref _total))
        {
            _total = total;
        }
    }

    // A row is an example, whose losses are first summed lane by lane.
    [MethodImpl(KernelMethod.Alone)]
    private double SumRows<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T z = ref MemoryMarshal.GetReference(_z), a = ref MemoryMarshal.GetReference(_a), y = ref MemoryMarshal.GetReference(_y);
        ref T weights = ref MemoryMarshal.GetReference(_weights);
        int rest = TLayer.Outputs % TOps.Count, whole = TLayer.Outputs - rest, m = _m, inside = RowsInside(whole, TOps.Count);
        Span<T> copies = stackalloc T[TOps.Count * (1 + ((TOps.Count - 1) / TLayer.Outputs))];
        CopyLastTargets(copies, inside, whole, TOps.Count);
        double total = 0;
        TVector sum = TOps.Zero;
        int summed = 0;
        for (int row = 0; row < m; row++)
        {
            TVector weight = TWeighting.IsGiven ? TOps.Broadcast(Unsafe.Add(ref weights, row)) : TOps.One;
            TVector ofRow = TOps.Zero;
            for (int column = 0; column < whole; column += TOps.Count)
            {
                TVector value = Apply<TOps, TVector>(ref z, ref a, ref Unsafe.Add(ref y, column), column);
                ofRow = TOps.Add(ofRow, Weigh<TOps, TVector>(value, weight));
            }

            if (rest > 0)
            {
                ref T target = ref row < inside ? ref Unsafe.Add(ref y, whole) : ref copies[(row - inside) * TOps.Count];
                TVector value = Weigh<TOps, TVector>(Apply<TOps, TVector>(ref z, ref a, ref target, whole), weight);
                ofRow = TOps.Add(ofRow, TOps.KeepFirst(value, rest));
            }

            sum = TOps.Add(sum, ofRow);
            summed += TLayer.Outputs;
            if (summed >= Chunk)
            {
                total += double.CreateTruncating(TOps.Sum(sum));
                sum = TOps.Zero;
                summed = 0;
            }

            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
            y = ref Unsafe.Add(ref y, TLayer.Outputs);
        }

        return total + double.CreateTruncating(TOps.Sum(sum));
    }

    [MethodImpl(KernelMethod.Alone)]
    private void WriteRows<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T z = ref MemoryMarshal.GetReference(_z), a = ref MemoryMarshal.GetReference(_a), y = ref MemoryMarshal.GetReference(_y);
        ref T result = ref MemoryMarshal.GetReference(_result);
        int rest = TLayer.Outputs % TOps.Count, whole = TLayer.Outputs - rest, m = _m, inside = RowsInside(whole, TOps.Count);
        Span<T> copies = stackalloc T[TOps.Count * (1 + ((TOps.Count - 1) / TLayer.Outputs))];
        CopyLastTargets(copies, inside, whole, TOps.Count);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < whole; column += TOps.Count)
            {
                TVector value = Apply<TOps, TVector>(ref z, ref a, ref Unsafe.Add(ref y, column), column);
                TOps.Store(OutputAverage.Of<T, TLayer, TOps, TVector>(value, TOperation.Averages), ref Unsafe.Add(ref result, column));
            }

            if (rest > 0)
            {
                ref T target = ref row < inside ? ref Unsafe.Add(ref y, whole) : ref copies[(row - inside) * TOps.Count];
                TVector value = OutputAverage.Of<T, TLayer, TOps, TVector>(Apply<TOps, TVector>(ref z, ref a, ref target, whole), TOperation.Averages);
                TOps.Store(TOps.KeepFirst(value, rest), ref Unsafe.Add(ref result, whole));
            }

            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
            y = ref Unsafe.Add(ref y, TLayer.Outputs);
            result = ref Unsafe.Add(ref result, TLayer.RowStride);
        }
    }

    // How many rows there are whose last vector of targets ends within the targets. All other rows are padded to whole vectors.
    private int RowsInside(int whole, int lanes)
    {
        int room = _y.Length - whole - lanes;
        return TLayer.Outputs == whole ? _m : room < 0 ? 0 : Math.Min(_m, (room / TLayer.Outputs) + 1);
    }

    // The others' last targets, each in a vector of its own, so that no loop over rows has to look where they end.
    private void CopyLastTargets(Span<T> copies, int inside, int whole, int lanes)
    {
        copies.Clear();
        for (int row = inside; row < _m; row++)
        {
            _y.Slice((row * TLayer.Outputs) + whole, TLayer.Outputs - whole).CopyTo(copies[((row - inside) * lanes)..]);
        }
    }

    // A single output: rows of stride 1 are one flat row, in which each number is an example.
    [MethodImpl(KernelMethod.Alone)]
    private double Flat<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        double total = 0;
        for (int first = 0; first < _m; first += Chunk)
        {
            int end = Math.Min(_m, first + Chunk), i = first;
            TVector sum = TOps.Zero;
            for (; i + TOps.Count <= end; i += TOps.Count)
            {
                sum = TOps.Add(sum, Flat<TOps, TVector>(i, TOps.Count));
            }

            if (i < end)
            {
                sum = TOps.Add(sum, TOps.KeepFirst(Flat<TOps, TVector>(i, end - i), end - i));
            }

            total += double.CreateTruncating(TOps.Sum(sum));
        }

        return total;
    }

    // What counts of a vector of examples, or nothing where the results are written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Flat<TOps, TVector>(int at, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector value = TOperation.Apply<TOps, TVector>(
            PartialVector.LoadRest<TOps, TVector, T>(_z, at, rest),
            PartialVector.LoadRest<TOps, TVector, T>(_a, at, rest),
            PartialVector.LoadRest<TOps, TVector, T>(_y, at, rest));
        if (_result.IsEmpty)
        {
            return TWeighting.IsGiven ? Weigh<TOps, TVector>(value, PartialVector.LoadRest<TOps, TVector, T>(_weights, at, rest)) : value;
        }

        if (rest < TOps.Count)
        {
            PartialVector.Store(OutputAverage.Of<T, TLayer, TOps, TVector>(value, TOperation.Averages), ref _result[at], rest);
        }
        else
        {
            TOps.Store(OutputAverage.Of<T, TLayer, TOps, TVector>(value, TOperation.Averages), ref _result[at]);
        }

        return TOps.Zero;
    }

    // An example of weight zero counts nothing, also where its loss is not finite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weigh<TOps, TVector>(TVector value, TVector weight)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TWeighting.IsGiven ? TOps.Select(TOps.AreEqual(weight, TOps.Zero), TOps.Zero, TOps.Multiply(weight, value)) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Apply<TOps, TVector>(ref T z, ref T a, ref T target, int column)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOperation.Apply<TOps, TVector>(
            TOps.Load(ref Unsafe.Add(ref z, column)), TOps.Load(ref Unsafe.Add(ref a, column)), TOps.Load(ref target));
}
