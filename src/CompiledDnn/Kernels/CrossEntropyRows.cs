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
        Span<T> greatest = stackalloc T[LogSumExp<T, TLayer>.Rows];
        Span<T> logarithms = stackalloc T[LogSumExp<T, TLayer>.Rows];
        double total = 0;
        for (int first = 0; first < m; first += greatest.Length)
        {
            int rows = Math.Min(greatest.Length, m - first);
            ReadOnlySpan<T> block = z.Slice(first * TLayer.RowStride, rows * TLayer.RowStride);
            LogSums<T, TLayer>(block, greatest, logarithms, rows);
            for (int row = 0; row < rows; row++)
            {
                T logit = block[(row * TLayer.RowStride) + labels[first + row]];
                total += double.CreateTruncating(logarithms[row] - (logit - greatest[row]));
            }
        }

        return total;
    }

    /// <summary>Σ over examples and outputs of y (lse − z); a y of zero counts as zero.</summary>
    public static double Sum<T, TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        Span<T> greatest = stackalloc T[LogSumExp<T, TLayer>.Rows];
        Span<T> logarithms = stackalloc T[LogSumExp<T, TLayer>.Rows];
        double total = 0;
        for (int first = 0; first < m; first += greatest.Length)
        {
            int rows = Math.Min(greatest.Length, m - first);
            ReadOnlySpan<T> block = z.Slice(first * TLayer.RowStride, rows * TLayer.RowStride);
            LogSums<T, TLayer>(block, greatest, logarithms, rows);
            VectorDispatch.Run<T, WeightedLogarithms<T, TLayer>>(new(block, y[(first * TLayer.Outputs)..], greatest, logarithms, ref total, rows));
        }

        return total;
    }

    /// <summary>DZ = A Σy − Y; <paramref name="dz"/> is overwritten, its padding zero.</summary>
    public static void Gradient<T, TLayer>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        VectorDispatch.Run<T, WeightedDifferences<T, TLayer>>(new(a, y, dz, m));
    }

    private static void LogSums<T, TLayer>(ReadOnlySpan<T> z, Span<T> greatest, Span<T> logarithms, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer =>
        VectorDispatch.Run<T, LogSumExp<T, TLayer>>(
            new(in MemoryMarshal.GetReference(z), ref MemoryMarshal.GetReference(greatest), ref MemoryMarshal.GetReference(logarithms), rows));

    // Adds Σ y (log − (z − max z)) of each row to a total.
    private readonly ref struct WeightedLogarithms<T, TLayer> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        private readonly ReadOnlySpan<T> _z;
        private readonly ReadOnlySpan<T> _y;
        private readonly ReadOnlySpan<T> _greatest;
        private readonly ReadOnlySpan<T> _logarithms;
        private readonly ref double _total;
        private readonly int _m;

        public WeightedLogarithms(
            ReadOnlySpan<T> z, ReadOnlySpan<T> y, ReadOnlySpan<T> greatest, ReadOnlySpan<T> logarithms, ref double total, int m)
        {
            _z = z;
            _y = y;
            _greatest = greatest;
            _logarithms = logarithms;
            _total = ref total;
            _m = m;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            double total = _total;
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

                total += double.CreateTruncating(TOps.Sum(sum));
            }

            _total = total;
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            for (int row = 0; row < _m; row++)
            {
                ref T a = ref Unsafe.Add(ref MemoryMarshal.GetReference(_a), (nint)row * TLayer.RowStride);
                ref T dz = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dz), (nint)row * TLayer.RowStride);
                TVector sum = TOps.Zero;
                for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
                {
                    sum = TOps.Add(sum, PartialVector.LoadRest<TOps, TVector, T>(_y, (row * TLayer.Outputs) + column, TLayer.Outputs - column));
                }

                TVector weight = TOps.Broadcast(TOps.Sum(sum));
                for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
                {
                    TVector y = PartialVector.LoadRest<TOps, TVector, T>(_y, (row * TLayer.Outputs) + column, TLayer.Outputs - column);
                    TVector difference = TOps.Subtract(TOps.Multiply(TOps.Load(ref Unsafe.Add(ref a, column)), weight), y);
                    TOps.Store(TOps.KeepFirst(difference, Math.Min(TOps.Count, TLayer.Outputs - column)), ref Unsafe.Add(ref dz, column));
                }
            }
        }
    }
}
