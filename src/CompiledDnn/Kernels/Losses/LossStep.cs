using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>An elementwise loss and its derivative in one pass over the outputs of a tile: the same numbers as in two.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TLayer">The last layer.</typeparam>
/// <typeparam name="TValue">The loss.</typeparam>
/// <typeparam name="TDerivative">Its derivative.</typeparam>
internal readonly ref struct LossStep<T, TLayer, TValue, TDerivative> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TValue : struct, ILossOperation<T>
    where TDerivative : struct, ILossOperation<T>
{
    // Sums of so many numbers are made in T, and these sums are added in double.
    private const int Chunk = 1024;

    private readonly ref T _z;
    private readonly ref T _a;
    private readonly ref T _y;
    private readonly ref T _result;
    private readonly ref double _total;
    private readonly int _m;

    private LossStep(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> result, ref double total, int m)
    {
        _z = ref MemoryMarshal.GetReference(z);
        _a = ref MemoryMarshal.GetReference(a);
        _y = ref MemoryMarshal.GetReference(y);
        _result = ref MemoryMarshal.GetReference(result);
        _total = ref total;
        _m = m;
    }

    /// <summary>Writes the derivatives, averaged over outputs where the loss is.</summary>
    /// <param name="z">Logits, or any rows of the layer's stride where the loss needs none.</param>
    /// <param name="a">Outputs, rows of the layer's stride.</param>
    /// <param name="y">Targets, dense.</param>
    /// <param name="result">Rows of the layer's stride; overwritten.</param>
    /// <param name="m">Rows.</param>
    /// <returns>The sum of the losses.</returns>
    public static double Run(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> result, int m)
    {
        KernelGuard.Rows(z.Length, m, TLayer.RowStride, nameof(z));
        KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        KernelGuard.Rows(result.Length, m, TLayer.RowStride, nameof(result));
        double total = 0;
        VectorDispatch.Run<T, LossStep<T, TLayer, TValue, TDerivative>>(new(z, a, y, result, ref total, m));
        return TValue.Averages ? total / TLayer.Outputs : total;
    }

    /// <summary>The same with the vectors given, and the sum whether or not the loss is a mean over outputs.</summary>
    internal static void Run<TOps, TVector>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> result, ref double total, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => new LossStep<T, TLayer, TValue, TDerivative>(z, a, y, result, ref total, m).Run<TOps, TVector>();

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride > 1 && TLayer.Outputs <= TOps.Count)
        {
            OneVectorRows<TOps, TVector>();
            return;
        }

        // A single output has rows of stride 1, which are one flat row; else a row is an example.
        bool flat = TLayer.RowStride == 1;
        int rows = flat ? (_m + Chunk - 1) / Chunk : _m;
        double total = 0;
        TVector sum = TOps.Zero;
        int summed = 0;
        for (int row = 0; row < rows; row++)
        {
            int columns = flat ? Math.Min(Chunk, _m - (row * Chunk)) : TLayer.Outputs;
            nint at = (nint)row * (flat ? Chunk : TLayer.RowStride);
            nint target = (nint)row * (flat ? Chunk : TLayer.Outputs);
            sum = TOps.Add(sum, Row<TOps, TVector>(at, target, columns));
            summed += columns;
            if (summed >= Chunk)
            {
                total += double.CreateTruncating(TOps.Sum(sum));
                sum = TOps.Zero;
                summed = 0;
            }
        }

        _total = total + double.CreateTruncating(TOps.Sum(sum));
    }

    // Rows of one vector, whose sizes are constants to the JIT: nothing is left to be worked out for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OneVectorRows<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // Behind a row's targets come those of the next: only the last rows end within a vector.
        int m = _m, whole = m - ((TOps.Count - 1) / TLayer.Outputs);
        double total = 0;
        for (int row = 0; row < m;)
        {
            int end = Math.Min(row + ((Chunk + TLayer.Outputs - 1) / TLayer.Outputs), m);
            TVector sum = TOps.Zero;
            ref T z = ref _z, a = ref _a, y = ref _y, result = ref _result;
            int first = Math.Min(end, whole);
            for (; row < first; row++)
            {
                nint at = (nint)row * TLayer.RowStride;
                TVector targets = TOps.Load(ref Unsafe.Add(ref y, (nint)row * TLayer.Outputs));
                sum = TOps.Add(
                    sum, OneVectorRow<TOps, TVector>(ref Unsafe.Add(ref z, at), ref Unsafe.Add(ref a, at), targets, ref Unsafe.Add(ref result, at)));
            }

            // Not back into the same variable, which would then be in memory and not in a register.
            TVector all = row < end ? LastRows<TOps, TVector>(row, end, sum) : sum;
            row = end;
            total += double.CreateTruncating(TOps.Sum(all));
        }

        _total = total;
    }

    // In a method of their own: with what may be a call beside them, the sum of the rows before would not stay in its register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TVector LastRows<TOps, TVector>(int row, int end, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (; row < end; row++)
        {
            nint at = (nint)row * TLayer.RowStride;
            TVector targets = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref _y, (nint)row * TLayer.Outputs), (_m - row) * TLayer.Outputs);
            sum = TOps.Add(
                sum, OneVectorRow<TOps, TVector>(ref Unsafe.Add(ref _z, at), ref Unsafe.Add(ref _a, at), targets, ref Unsafe.Add(ref _result, at)));
        }

        return sum;
    }

    // Writes a row's derivatives; its losses.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OneVectorRow<TOps, TVector>(ref T z, ref T a, TVector y, ref T result)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector logits = TOps.Load(ref z), outputs = TOps.Load(ref a);
        TVector derivative = OutputAverage.Of<T, TLayer, TOps, TVector>(TDerivative.Apply<TOps, TVector>(logits, outputs, y), TDerivative.Averages);
        TOps.Store(TOps.KeepFirst(derivative, TLayer.Outputs), ref result);
        return TOps.KeepFirst(TValue.Apply<TOps, TVector>(logits, outputs, y), TLayer.Outputs);
    }

    // Writes a row's derivatives; its losses, added up lane by lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Row<TOps, TVector>(nint at, nint target, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector sum = TOps.Zero;
        for (int column = 0; column < columns; column += TOps.Count)
        {
            // Rows of outputs are padded to whole vectors, and behind a row's targets come those of the next: only the very last may end within one.
            int rest = columns - column;
            int outputs = TLayer.RowStride > 1 ? TOps.Count : rest;
            int targets = (int)Math.Min(TOps.Count, ((nint)_m * TLayer.Outputs) - target - column);
            TVector z = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _z, at + column), outputs);
            TVector a = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _a, at + column), outputs);
            TVector y = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _y, target + column), targets);
            TVector value = TValue.Apply<TOps, TVector>(z, a, y);
            TVector derivative = OutputAverage.Of<T, TLayer, TOps, TVector>(TDerivative.Apply<TOps, TVector>(z, a, y), TDerivative.Averages);
            if (rest < TOps.Count)
            {
                value = TOps.KeepFirst(value, rest);
                derivative = TOps.KeepFirst(derivative, rest);
            }

            sum = TOps.Add(sum, value);
            ref T result = ref Unsafe.Add(ref _result, at + column);
            if (TLayer.RowStride > 1)
            {
                TOps.Store(derivative, ref result);
            }
            else
            {
                PartialVector.StoreRest<TOps, TVector, T>(derivative, ref result, rest);
            }
        }

        return sum;
    }
}
