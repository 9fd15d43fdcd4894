using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>For each row of logits its greatest, max z, and log Σ exp(z − max z), which is between 0 and log n.</summary>
/// <remarks>The sums are written first and their logarithms taken afterwards, a vector of examples at a time.</remarks>
internal readonly ref struct LogSumExp<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Rows in a call at most, and numbers that there must be room for: whole vectors of every width.</summary>
    public const int Rows = 64;

    private readonly ref readonly T _z;
    private readonly ref T _greatest;
    private readonly ref T _logarithms;
    private readonly int _m;

    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="greatest">Takes the greatest logit of each row; room for <see cref="Rows"/> numbers.</param>
    /// <param name="logarithms">Takes the logarithm of each row; room for <see cref="Rows"/> numbers.</param>
    /// <param name="m">1 to <see cref="Rows"/>.</param>
    public LogSumExp(ref readonly T z, ref T greatest, ref T logarithms, int m)
    {
        _z = ref z;
        _greatest = ref greatest;
        _logarithms = ref logarithms;
        _m = m;
    }

    [SkipLocalsInit]
    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T z = ref Unsafe.AsRef(in _z);
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        LogitRow.FillRest<TOps, TVector, T>(ref _logarithms, _m);
        int row = 0;
        if (LogitColumns<T, TLayer>.Fits)
        {
            Span<T> columns = stackalloc T[LogitColumns<T, TLayer>.Length];
            int examples = LogitColumns<T, TLayer>.Examples;
            for (; row + LogitColumns<T, TLayer>.FewestExamples <= _m; row += examples)
            {
                int rows = Math.Min(examples, _m - row);
                ref T greatest = ref Unsafe.Add(ref _greatest, row);
                LogitColumns<T, TLayer>.Read<TOps, TVector>(ref Unsafe.Add(ref z, (nint)row * TLayer.RowStride), rows, ref columns[0], ref greatest);
                LogitColumns<T, TLayer>.Exponentials<TOps, TVector>(ref columns[0], rows, ref greatest, ref Unsafe.Add(ref _logarithms, row));
            }

            for (; row < _m; row++)
            {
                RowSoftmax<T, TLayer>.Run<TOps, TVector>(
                    ref Unsafe.Add(ref z, (nint)row * TLayer.RowStride),
                    ref columns[0],
                    outside,
                    out Unsafe.Add(ref _greatest, row),
                    out Unsafe.Add(ref _logarithms, row));
            }
        }

        int whole = TLayer.Outputs / TOps.Count * TOps.Count;
        for (; row < _m; row++)
        {
            ref T logits = ref Unsafe.Add(ref z, (nint)row * TLayer.RowStride);
            T most = LogitRow.Greatest<TOps, TVector, T>(ref logits, TLayer.Outputs, outside);
            TVector shift = TOps.Broadcast(most);
            TVector sum = TOps.Zero;
            for (int column = 0; column < whole; column += TOps.Count)
            {
                sum = TOps.Add(sum, TOps.Exp(TOps.Subtract(TOps.Load(ref Unsafe.Add(ref logits, column)), shift)));
            }

            if (whole < TLayer.Outputs)
            {
                TVector last = TOps.Load(ref Unsafe.Add(ref logits, whole));
                sum = TOps.Add(sum, LogitRow.Exponentials<TOps, TVector, T>(last, shift, TLayer.Outputs % TOps.Count));
            }

            Unsafe.Add(ref _greatest, row) = most;
            Unsafe.Add(ref _logarithms, row) = TOps.Sum(sum);
        }

        for (row = 0; row < _m; row += TOps.Count)
        {
            ref T sums = ref Unsafe.Add(ref _logarithms, row);
            TOps.Store(TOps.Log(TOps.Load(ref sums)), ref sums);
        }
    }
}
