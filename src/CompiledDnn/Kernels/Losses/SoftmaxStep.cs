using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Softmax, its cross-entropy from labels and DZ in one go: the exponentials that A is made of are those that the loss needs. The same
/// numbers to the bit as one after the other.
/// </summary>
/// <remarks>Blocks of examples go in columns (<see cref="LogitColumns{T, TLayer}"/>), rows of many classes and the last few examples one by one.</remarks>
internal readonly ref struct SoftmaxStep<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    // Rows whose sums' logarithms are taken together: whole vectors of every width.
    private const int Rows = 64;

    private readonly ref readonly T _z;
    private readonly ref T _a;
    private readonly ref T _dz;
    private readonly ReadOnlySpan<int> _labels;
    private readonly Span<T> _losses;

    private SoftmaxStep(ref readonly T z, ref T a, ref T dz, ReadOnlySpan<int> labels, Span<T> losses)
    {
        _z = ref z;
        _a = ref a;
        _dz = ref dz;
        _labels = labels;
        _losses = losses;
    }

    /// <summary>Does all of it if rows can be read and written as whole vectors, otherwise nothing.</summary>
    /// <param name="z">Z, m rows.</param>
    /// <param name="labels">m classes.</param>
    /// <param name="a">Takes A, m rows.</param>
    /// <param name="dz">Takes DZ, m rows.</param>
    /// <param name="losses">Takes m losses.</param>
    public static bool TryRun(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> a, Span<T> dz, Span<T> losses)
    {
        if (!LogitRow.AreWhole<TLayer>(Math.Min(z.Length, Math.Min(a.Length, dz.Length)), labels.Length))
        {
            return false;
        }

        VectorDispatch.Run<T, SoftmaxStep<T, TLayer>>(new(
            in MemoryMarshal.GetReference(z),
            ref MemoryMarshal.GetReference(a),
            ref MemoryMarshal.GetReference(dz),
            labels,
            losses[..labels.Length]));
        return true;
    }

    [SkipLocalsInit]
    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        Span<T> sums = stackalloc T[Rows];
        Span<T> greatest = stackalloc T[Rows];
        Span<T> logits = stackalloc T[Rows];
        int first = 0;
        if (LogitColumns<T, TLayer>.Fits)
        {
            Span<T> columns = stackalloc T[LogitColumns<T, TLayer>.Length];
            int examples = LogitColumns<T, TLayer>.Examples;
            for (; first + LogitColumns<T, TLayer>.FewestExamples <= _labels.Length; first += examples)
            {
                int rows = Math.Min(examples, _labels.Length - first);
                nint at = (nint)first * TLayer.RowStride;
                LogitColumns<T, TLayer>.Read<TOps, TVector>(ref Unsafe.Add(ref Unsafe.AsRef(in _z), at), rows, ref columns[0], ref greatest[0]);
                LogitColumns<T, TLayer>.Exponentials<TOps, TVector>(ref columns[0], rows, ref greatest[0], ref sums[0]);
                LogitColumns<T, TLayer>.Outputs<TOps, TVector>(ref columns[0], ref sums[0], ref Unsafe.Add(ref _a, at), rows);
                Gradients<TOps, TVector>(first, rows, ref logits[0]);
                Losses<TOps, TVector>(first, rows, ref sums[0], ref greatest[0], ref logits[0]);
            }
        }

        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        for (; first < _labels.Length; first += Rows)
        {
            int rows = Math.Min(Rows, _labels.Length - first);
            LogitRow.FillRest<TOps, TVector, T>(ref sums[0], rows);
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)(first + row) * TLayer.RowStride;
                RowSoftmax<T, TLayer>.Run<TOps, TVector>(
                    ref Unsafe.Add(ref Unsafe.AsRef(in _z), at), ref Unsafe.Add(ref _a, at), outside, out greatest[row], out sums[row]);

                // While the outputs of a long row are in the L1 cache.
                Gradients<TOps, TVector>(first + row, 1, ref logits[row]);
            }

            Losses<TOps, TVector>(first, rows, ref sums[0], ref greatest[0], ref logits[0]);
        }
    }

    // DZ = A − Y of some rows, and the logit of each example's class.
    [MethodImpl(KernelMethod.Alone)]
    private void Gradients<TOps, TVector>(int first, int rows, ref T logits)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)first * TLayer.RowStride;
        ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
        ref T a = ref Unsafe.Add(ref _a, at);
        ref T dz = ref Unsafe.Add(ref _dz, at);
        ReadOnlySpan<int> labels = _labels.Slice(first, rows);
        for (int row = 0; row < labels.Length; row++)
        {
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                TOps.Store(TOps.Load(ref Unsafe.Add(ref a, column)), ref Unsafe.Add(ref dz, column));
            }

            int label = KernelGuard.Label(labels[row], TLayer.Outputs);
            Unsafe.Add(ref dz, label) -= T.One;
            Unsafe.Add(ref logits, row) = Unsafe.Add(ref z, label);
            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
            dz = ref Unsafe.Add(ref dz, TLayer.RowStride);
        }
    }

    // log Σ exp(z − max z) − (z − max z) of some examples.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Losses<TOps, TVector>(int first, int rows, ref T sums, ref T greatest, ref T logits)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T losses = ref MemoryMarshal.GetReference(_losses[first..]);
        for (int row = 0; row < rows; row += TOps.Count)
        {
            TVector shifted = TOps.Subtract(TOps.Load(ref Unsafe.Add(ref logits, row)), TOps.Load(ref Unsafe.Add(ref greatest, row)));
            TVector loss = TOps.Subtract(TOps.Log(TOps.Load(ref Unsafe.Add(ref sums, row))), shifted);
            PartialVector.StoreRest<TOps, TVector, T>(loss, ref Unsafe.Add(ref losses, row), rows - row);
        }
    }
}
