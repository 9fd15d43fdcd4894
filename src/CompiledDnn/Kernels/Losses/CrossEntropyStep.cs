using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Softmax, its cross-entropy from rows of targets and DZ = A Σy − Y in one go, or the losses alone: Σ y log Σ exp(z − max z) − Σ y (z − max z) of each
/// example. For layers whose logits go in columns.
/// </summary>
internal readonly ref struct CrossEntropyStep<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    private readonly ref readonly T _z;
    private readonly ref T _a;
    private readonly ref T _dz;
    private readonly ReadOnlySpan<T> _y;
    private readonly Span<T> _losses;

    private CrossEntropyStep(ref readonly T z, ReadOnlySpan<T> y, ref T a, ref T dz, Span<T> losses)
    {
        _z = ref z;
        _y = y;
        _a = ref a;
        _dz = ref dz;
        _losses = losses;
    }

    /// <summary>Does all of it if rows can be read and written as whole vectors and there are few classes, otherwise nothing.</summary>
    /// <param name="z">Z, m rows.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="a">Takes A, m rows.</param>
    /// <param name="dz">Takes DZ, m rows.</param>
    /// <param name="losses">Takes m losses.</param>
    public static bool TryRun(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> a, Span<T> dz, Span<T> losses)
    {
        KernelGuard.Rows(y.Length, losses.Length, TLayer.Outputs, nameof(y));
        if (!LogitColumns<T, TLayer>.Fits || !LogitRow.AreWhole<TLayer>(Math.Min(z.Length, Math.Min(a.Length, dz.Length)), losses.Length))
        {
            return false;
        }

        Run(z, y, ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(dz), losses);
        return true;
    }

    /// <summary>The losses alone.</summary>
    /// <param name="z">Z, m whole rows.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="losses">Takes m losses.</param>
    public static void Losses(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> losses)
    {
        KernelGuard.Rows(y.Length, losses.Length, TLayer.Outputs, nameof(y));
        Run(z, y, ref Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), losses);
    }

    [SkipLocalsInit]
    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        Span<T> logits = stackalloc T[LogitColumns<T, TLayer>.Length];
        Span<T> columns = stackalloc T[LogitColumns<T, TLayer>.Length], targets = stackalloc T[LogitColumns<T, TLayer>.Length];
        int examples = LogitColumns<T, TLayer>.Examples;
        Span<T> greatest = stackalloc T[examples], sums = stackalloc T[examples], weights = stackalloc T[examples], products = stackalloc T[examples];
        for (int first = 0; first < _losses.Length; first += examples)
        {
            int rows = Math.Min(examples, _losses.Length - first);
            nint at = (nint)first * TLayer.RowStride;
            ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
            ref T a = ref Unsafe.IsNullRef(ref _a) ? ref _a : ref Unsafe.Add(ref _a, at);
            TargetColumns<T, TLayer>.Copy<TOps, TVector>(_y, first, rows, ref targets[0]);
            if (rows < LogitColumns<T, TLayer>.FewestExamples)
            {
                OneByOne<TOps, TVector>(ref z, ref targets[0], rows, ref a, ref columns[0], ref greatest[0], ref sums[0], ref weights[0], ref products[0]);
            }
            else
            {
                LogitTransposition<T, TLayer>.Read<TVector>(ref targets[0], rows, ref columns[0], examples);
                LogitColumns<T, TLayer>.Read<TOps, TVector>(ref z, rows, ref logits[0], ref greatest[0]);
                TargetColumns<T, TLayer>.Sums<TOps, TVector>(ref logits[0], ref columns[0], rows, ref greatest[0], ref weights[0], ref products[0]);
                LogitColumns<T, TLayer>.Exponentials<TOps, TVector>(ref logits[0], rows, ref greatest[0], ref sums[0]);
                if (!Unsafe.IsNullRef(ref a))
                {
                    LogitColumns<T, TLayer>.Outputs<TOps, TVector>(ref logits[0], ref sums[0], ref a, rows);
                }
            }

            if (!Unsafe.IsNullRef(ref a))
            {
                Gradients<TOps, TVector>(ref a, ref targets[0], ref weights[0], ref Unsafe.Add(ref _dz, at), rows);
            }

            for (int row = 0; row < rows; row += TOps.Count)
            {
                // An example of which no target counts has no loss, whatever its logits.
                TVector weight = TOps.Load(ref weights[row]);
                TVector logarithm = TOps.Multiply(weight, TOps.Log(TOps.Load(ref sums[row])));
                logarithm = TOps.Select(TOps.AreEqual(weight, TOps.Zero), TOps.Zero, logarithm);
                TVector loss = TOps.Subtract(logarithm, TOps.Load(ref products[row]));
                PartialVector.StoreRest<TOps, TVector, T>(loss, ref _losses[first + row], rows - row);
            }
        }
    }

    private static void Run(ReadOnlySpan<T> z, ReadOnlySpan<T> y, ref T a, ref T dz, Span<T> losses) =>
        VectorDispatch.Run<T, CrossEntropyStep<T, TLayer>>(new(in MemoryMarshal.GetReference(z), y, ref a, ref dz, losses));

    // The last few examples, which would leave most lanes of a column empty. Without A, their exponentials go to memory that nobody reads.
    private static void OneByOne<TOps, TVector>(
        ref T z, ref T targets, int rows, ref T a, ref T unused, ref T greatest, ref T sums, ref T weights, ref T products)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        LogitRow.FillRest<TOps, TVector, T>(ref sums, rows);
        LogitRow.FillRest<TOps, TVector, T>(ref weights, rows);
        for (int row = 0; row < rows; row++)
        {
            int at = row * TLayer.RowStride;
            ref T outputs = ref Unsafe.IsNullRef(ref a) ? ref unused : ref Unsafe.Add(ref a, at);
            ref T logits = ref Unsafe.Add(ref z, at);
            RowSoftmax<T, TLayer>.Run<TOps, TVector>(
                ref logits, ref outputs, outside, out Unsafe.Add(ref greatest, row), out Unsafe.Add(ref sums, row));
            TargetColumns<T, TLayer>.Row(
                ref logits, ref Unsafe.Add(ref targets, at), Unsafe.Add(ref greatest, row), out Unsafe.Add(ref weights, row), out Unsafe.Add(ref products, row));
        }
    }

    // DZ = A Σy − Y
    [MethodImpl(KernelMethod.Alone)]
    private static void Gradients<TOps, TVector>(ref T a, ref T targets, ref T weights, ref T dz, int rows)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int row = 0; row < rows; row++)
        {
            TVector weight = TOps.Broadcast(Unsafe.Add(ref weights, row));
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                int at = (row * TLayer.RowStride) + column;
                TVector outputs = TOps.Multiply(TOps.Load(ref Unsafe.Add(ref a, at)), weight);
                TOps.Store(TOps.Subtract(outputs, TOps.Load(ref Unsafe.Add(ref targets, at))), ref Unsafe.Add(ref dz, at));
            }
        }
    }
}
