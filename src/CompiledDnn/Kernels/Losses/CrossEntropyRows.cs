using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Softmax with categorical cross-entropy over the m rows of the last layer.</summary>
/// <remarks>
/// In each method z and a have m whole rows of the layer's stride (<see cref="LogitRow.AreWhole"/>) and y has m dense rows. Sums over
/// examples are made in double, in their order.
/// </remarks>
internal static class CrossEntropyRows
{
    /// <summary>Σ over examples of lse − z[label], with lse = log Σ exp z.</summary>
    public static double SumFromLabels<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> values = stackalloc T[LogSumExp<T, TLayer>.Rows];
        double total = 0;
        for (int first = 0; first < m; first += values.Length)
        {
            int rows = Math.Min(values.Length, m - first);
            BlockFromLabels<T, TLayer>(Block<T, TLayer>(z, first, rows), labels.Slice(first, rows), values);
            total = AddUp<T>(total, values[..rows]);
        }

        return total;
    }

    /// <summary>lse − z[label] of each example, with lse = log Σ exp z.</summary>
    public static void ValuesFromLabels<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> block = stackalloc T[LogSumExp<T, TLayer>.Rows];
        for (int first = 0; first < labels.Length; first += block.Length)
        {
            int rows = Math.Min(block.Length, labels.Length - first);
            BlockFromLabels<T, TLayer>(Block<T, TLayer>(z, first, rows), labels.Slice(first, rows), block);
            block[..rows].CopyTo(values[first..]);
        }
    }

    /// <summary>Σ over examples and outputs of y (lse − z); a y of zero counts as zero.</summary>
    public static double Sum<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        Span<T> values = stackalloc T[LogSumExp<T, TLayer>.Rows];
        double total = 0;
        for (int first = 0; first < m; first += values.Length)
        {
            int rows = Math.Min(values.Length, m - first);
            BlockFromRows<T, TLayer>(Block<T, TLayer>(z, first, rows), y[(first * TLayer.Outputs)..], values, rows);
            total = AddUp<T>(total, values[..rows]);
        }

        return total;
    }

    /// <summary>Σ over outputs of y (lse − z) of each example; a y of zero counts as zero.</summary>
    public static void Values<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> values, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        Span<T> block = stackalloc T[LogSumExp<T, TLayer>.Rows];
        for (int first = 0; first < m; first += block.Length)
        {
            int rows = Math.Min(block.Length, m - first);
            BlockFromRows<T, TLayer>(Block<T, TLayer>(z, first, rows), y[(first * TLayer.Outputs)..], block, rows);
            block[..rows].CopyTo(values[first..]);
        }
    }

    /// <summary>DZ = A Σy − Y; <paramref name="dz"/> is overwritten, its padding zero.</summary>
    public static void Gradient<T, TLayer>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        VectorDispatch.Run<T, WeightedDifferences<T, TLayer>>(new(a, y, dz, m));
    }

    private static ReadOnlySpan<T> Block<T, TLayer>(ReadOnlySpan<T> z, int first, int rows)
        where TLayer : struct, IDenseLayer => z.Slice(first * TLayer.RowStride, rows * TLayer.RowStride);

    private static double AddUp<T>(double total, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            total += double.CreateTruncating(value);
        }

        return total;
    }

    // The losses of a block of examples in their order; room for whole vectors.
    private static void BlockFromLabels<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        Span<T> greatest = stackalloc T[LogSumExp<T, TLayer>.Rows];
        LogSums<T, TLayer>(z, greatest, values, labels.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            values[row] -= z[(row * TLayer.RowStride) + labels[row]] - greatest[row];
        }
    }

    private static void BlockFromRows<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> values, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        if (LogitColumns<T, TLayer>.Fits)
        {
            CrossEntropyStep<T, TLayer>.Losses(z, y, values[..rows]);
            return;
        }

        Span<T> greatest = stackalloc T[LogSumExp<T, TLayer>.Rows];
        LogSums<T, TLayer>(z, greatest, values, rows);
        VectorDispatch.Run<T, WeightedLogarithms<T, TLayer>>(new(z, y, greatest, values, rows));
    }

    private static void LogSums<T, TLayer>(ReadOnlySpan<T> z, Span<T> greatest, Span<T> logarithms, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        VectorDispatch.Run<T, LogSumExp<T, TLayer>>(
            new(in MemoryMarshal.GetReference(z), ref MemoryMarshal.GetReference(greatest), ref MemoryMarshal.GetReference(logarithms), rows));

    // From log Σ exp(z − max z) of each row to Σ y (log − (z − max z)).
    private readonly ref struct WeightedLogarithms<T, TLayer> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        private readonly ReadOnlySpan<T> _z;
        private readonly ReadOnlySpan<T> _y;
        private readonly ReadOnlySpan<T> _greatest;
        private readonly Span<T> _logarithms;
        private readonly int _m;

        public WeightedLogarithms(ReadOnlySpan<T> z, ReadOnlySpan<T> y, ReadOnlySpan<T> greatest, Span<T> logarithms, int m)
        {
            _z = z;
            _y = y;
            _greatest = greatest;
            _logarithms = logarithms;
            _m = m;
        }

        [MethodImpl(KernelMethod.Alone)]
        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            for (int row = 0; row < _m; row++)
            {
                ref T z = ref Unsafe.Add(ref MemoryMarshal.GetReference(_z), (nint)row * TLayer.RowStride);
                TVector greatest = TOps.Broadcast(_greatest[row]), logarithm = TOps.Broadcast(_logarithms[row]);
                TVector sum = TOps.Zero;
                for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
                {
                    TVector y = PartialVector.LoadRest<TOps, TVector, T>(_y, (row * TLayer.Outputs) + column, TLayer.Outputs - column);
                    TVector shifted = TOps.Subtract(TOps.Load(ref Unsafe.Add(ref z, column)), greatest);
                    TVector term = TOps.Multiply(y, TOps.Subtract(logarithm, shifted));
                    sum = TOps.Add(sum, TOps.Select(TOps.AreEqual(y, TOps.Zero), TOps.Zero, term));
                }

                _logarithms[row] = TOps.Sum(sum);
            }
        }
    }

    private readonly ref struct WeightedDifferences<T, TLayer> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        private readonly ReadOnlySpan<T> _a;
        private readonly ReadOnlySpan<T> _y;
        private readonly Span<T> _dz;
        private readonly int _m;

        public WeightedDifferences(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        {
            _a = a;
            _y = y;
            _dz = dz;
            _m = m;
        }

        [MethodImpl(KernelMethod.Alone)]
        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            for (int row = 0; row < _m; row++)
            {
                ref T a = ref Unsafe.Add(ref MemoryMarshal.GetReference(_a), (nint)row * TLayer.RowStride);
                ref T dz = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dz), (nint)row * TLayer.RowStride);
                TVector weight = TOps.Broadcast(Weight<TOps, TVector>(row));
                for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
                {
                    TVector y = PartialVector.LoadRest<TOps, TVector, T>(_y, (row * TLayer.Outputs) + column, TLayer.Outputs - column);
                    TVector difference = TOps.Subtract(TOps.Multiply(TOps.Load(ref Unsafe.Add(ref a, column)), weight), y);
                    TOps.Store(TOps.KeepFirst(difference, Math.Min(TOps.Count, TLayer.Outputs - column)), ref Unsafe.Add(ref dz, column));
                }
            }
        }

        // Σ y of an example.
        private T Weight<TOps, TVector>(int row)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            if (LogitColumns<T, TLayer>.Fits)
            {
                return LogitColumns<T, TLayer>.SumInOrder(in _y[row * TLayer.Outputs]);
            }

            TVector sum = TOps.Zero;
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                sum = TOps.Add(sum, PartialVector.LoadRest<TOps, TVector, T>(_y, (row * TLayer.Outputs) + column, TLayer.Outputs - column));
            }

            return TOps.Sum(sum);
        }
    }
}
