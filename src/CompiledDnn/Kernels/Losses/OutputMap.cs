using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// An elementwise loss in one pass over the outputs of a batch: the outputs where they are not there yet, the loss of each example and the
/// gradient. Outputs lie in rows of the layer's stride, targets in dense rows; behind the last of them nothing is read.
/// </summary>
internal readonly ref struct OutputMap<T, TLayer, TOperation> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, IOutputOperation<T>
{
    private readonly ref T _rows;
    private readonly ref T _y;
    private readonly ref T _a;
    private readonly ref T _gradient;
    private readonly Span<T> _losses;

    private OutputMap(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, Span<T> a, Span<T> gradient, Span<T> losses)
    {
        _rows = ref MemoryMarshal.GetReference(rows);
        _y = ref MemoryMarshal.GetReference(y);
        _a = ref MemoryMarshal.GetReference(a);
        _gradient = ref MemoryMarshal.GetReference(gradient);
        _losses = losses;
    }

    /// <summary>Makes outputs, losses and gradient.</summary>
    /// <param name="rows">Logits, or outputs where the operation begins with them, rows of the layer's stride.</param>
    /// <param name="y">Targets, dense.</param>
    /// <param name="a">Takes the outputs, rows of the layer's stride; nothing is written where the operation begins with them.</param>
    /// <param name="gradient">Takes the gradient, averaged over outputs where the loss is, rows of the layer's stride.</param>
    /// <param name="losses">Takes the loss of each example, summed over outputs: its length is m.</param>
    public static void Run(ReadOnlySpan<T> rows, ReadOnlySpan<T> y, Span<T> a, Span<T> gradient, Span<T> losses)
    {
        int m = losses.Length;
        KernelGuard.Rows(rows.Length, m, TLayer.RowStride, nameof(rows));
        KernelGuard.Rows(y.Length, m, TLayer.Outputs, nameof(y));
        KernelGuard.Rows(gradient.Length, m, TLayer.RowStride, nameof(gradient));
        if (TOperation.Activates)
        {
            KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        }

        VectorDispatch.Run<T, OutputMap<T, TLayer, TOperation>>(new(rows, y, a, gradient, losses));
    }

    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride == 1)
        {
            Flat<TOps, TVector>();
        }
        else
        {
            Rows<TOps, TVector>();
        }
    }

    [MethodImpl(KernelMethod.Alone)]
    private void Rows<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int rest = TLayer.Outputs % TOps.Count, whole = TLayer.Outputs - rest, m = _losses.Length;

        // Behind a row's targets come those of the next: only of the last rows the last vector would end behind all of them.
        int inside = m - ((TOps.Count - rest + TLayer.Outputs - 1) / TLayer.Outputs);
        ref T loss = ref MemoryMarshal.GetReference(_losses);
        for (int row = 0; row < m; row++)
        {
            nint at = (nint)row * TLayer.RowStride, target = (nint)row * TLayer.Outputs;
            TVector sum = TOps.Zero;
            for (int column = 0; column < whole; column += TOps.Count)
            {
                TVector y = TOps.Load(ref Unsafe.Add(ref _y, target + column));
                TVector a = Apply<TOps, TVector>(TOps.Load(ref Unsafe.Add(ref _rows, at + column)), y, out TVector value, out TVector gradient);
                sum = TOps.Add(sum, value);
                TOps.Store(gradient, ref Unsafe.Add(ref _gradient, at + column));
                if (TOperation.Activates)
                {
                    TOps.Store(a, ref Unsafe.Add(ref _a, at + column));
                }
            }

            if (rest > 0)
            {
                // Rows of outputs are padded to whole vectors, and stay followed by zeros: a padding of NaN would keep all later batches from being finite.
                TVector y = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _y, target + whole), row < inside ? TOps.Count : rest);
                TVector a = Apply<TOps, TVector>(TOps.Load(ref Unsafe.Add(ref _rows, at + whole)), y, out TVector value, out TVector gradient);
                sum = TOps.Add(sum, TOps.KeepFirst(value, rest));
                TOps.Store(TOps.KeepFirst(gradient, rest), ref Unsafe.Add(ref _gradient, at + whole));
                if (TOperation.Activates)
                {
                    TOps.Store(TOps.KeepFirst(a, rest), ref Unsafe.Add(ref _a, at + whole));
                }
            }

            Unsafe.Add(ref loss, row) = TOps.Sum(sum);
        }
    }

    // A single output: rows of stride 1 are one flat row, in which each number is an example.
    [MethodImpl(KernelMethod.Alone)]
    private void Flat<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int m = _losses.Length;
        ref T losses = ref MemoryMarshal.GetReference(_losses);
        for (int i = 0; i < m; i += TOps.Count)
        {
            int rest = m - i;
            TVector row = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _rows, i), rest);
            TVector y = PartialVector.LoadRest<TOps, TVector, T>(ref Unsafe.Add(ref _y, i), rest);
            TVector a = Apply<TOps, TVector>(row, y, out TVector value, out TVector gradient);
            PartialVector.StoreRest<TOps, TVector, T>(value, ref Unsafe.Add(ref losses, i), rest);
            PartialVector.StoreRest<TOps, TVector, T>(gradient, ref Unsafe.Add(ref _gradient, i), rest);
            if (TOperation.Activates)
            {
                PartialVector.StoreRest<TOps, TVector, T>(a, ref Unsafe.Add(ref _a, i), rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Apply<TOps, TVector>(TVector row, TVector y, out TVector value, out TVector gradient)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector a = TOperation.Apply<TOps, TVector>(row, y, out value, out gradient);
        gradient = OutputAverage.Of<T, TLayer, TOps, TVector>(gradient, TOperation.Averages);
        return a;
    }
}
