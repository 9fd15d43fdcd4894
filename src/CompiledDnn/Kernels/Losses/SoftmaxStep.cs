using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// Softmax, its cross-entropy from labels and DZ in one go: the exponentials that A is made of are those that the loss needs. The same
/// numbers to the bit as one after the other.
/// </summary>
internal readonly ref struct SoftmaxStep<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    // Sums whose logarithms are taken together: whole vectors of every width.
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        Span<T> sums = stackalloc T[Rows];
        Span<T> shifted = stackalloc T[Rows];
        for (int first = 0; first < _labels.Length; first += Rows)
        {
            int rows = Math.Min(Rows, _labels.Length - first);
            if (TLayer.Outputs <= TOps.Count)
            {
                Exponentials<TOps, TVector>(first, rows, ref shifted[0]);
                Outputs<TOps, TVector>(first, rows, ref sums[0], ref shifted[0]);
            }
            else
            {
                Wide<TOps, TVector>(first, rows, ref sums[0], ref shifted[0]);
            }

            for (int row = 0; row < rows; row += TOps.Count)
            {
                TOps.Store(TOps.Subtract(TOps.Log(TOps.Load(ref sums[row])), TOps.Load(ref shifted[row])), ref sums[row]);
            }

            sums[..rows].CopyTo(_losses[first..]);
        }
    }

    // Rows of more than one vector: each by itself, since its own vectors need not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Wide<TOps, TVector>(int first, int rows, ref T sums, ref T shifted)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)first * TLayer.RowStride;
        ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
        ref T a = ref Unsafe.Add(ref _a, at);
        ref T dz = ref Unsafe.Add(ref _dz, at);
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        ReadOnlySpan<int> labels = _labels.Slice(first, rows);
        for (int row = 0; row < labels.Length; row++)
        {
            WideSoftmax<T, TLayer>.Run<TOps, TVector>(ref z, ref a, outside, out T greatest, out Unsafe.Add(ref sums, row));
            for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
            {
                TOps.Store(TOps.Load(ref Unsafe.Add(ref a, column)), ref Unsafe.Add(ref dz, column));
            }

            int label = KernelGuard.Label(labels[row], TLayer.Outputs);
            Unsafe.Add(ref dz, label) -= T.One;
            Unsafe.Add(ref shifted, row) = Unsafe.Add(ref z, label) - greatest;
            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
            dz = ref Unsafe.Add(ref dz, TLayer.RowStride);
        }
    }

    // exp(z − max z) in the place of A, and max z. Each of the three passes over the rows is made of steps that need not wait for one
    // another: example by example, one would wait for its maximum, its exponentials and its sum in turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Exponentials<TOps, TVector>(int first, int rows, ref T maxima)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)first * TLayer.RowStride;
        ref T a = ref Unsafe.Add(ref _a, at);
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
        for (int row = 0; row < rows; row += TOps.Count)
        {
            var logits = new LogitRows<T, TLayer, TVector>(ref Unsafe.Add(ref z, row * TLayer.RowStride), outside);
            TVector greatest = LaneFold.Run<TOps, TVector, T, LaneGreatest, LogitRows<T, TLayer, TVector>>(in logits, rows - row);
            TOps.Store(greatest, ref Unsafe.Add(ref maxima, row));
        }

        for (int row = 0; row < rows; row++)
        {
            TVector logits = LogitRow.Load<TOps, TVector, T>(ref z, TLayer.Outputs, outside);
            TOps.Store(TOps.Exp(TOps.Subtract(logits, TOps.Broadcast(Unsafe.Add(ref maxima, row)))), ref a);
            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
        }
    }

    // A and DZ, Σ exp(z − max z) of each example, and z − max z of its class.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Outputs<TOps, TVector>(int first, int rows, ref T sums, ref T shifted)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)first * TLayer.RowStride;
        ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
        ref T a = ref Unsafe.Add(ref _a, at);
        ref T dz = ref Unsafe.Add(ref _dz, at);
        for (int row = 0; row < rows; row += TOps.Count)
        {
            var exponentials = new ExponentialRows<T, TLayer>(ref Unsafe.Add(ref a, row * TLayer.RowStride));
            TVector sum = LaneFold.Run<TOps, TVector, T, LaneSum, ExponentialRows<T, TLayer>>(in exponentials, rows - row);
            TOps.Store(sum, ref Unsafe.Add(ref sums, row));
        }

        ReadOnlySpan<int> labels = _labels.Slice(first, rows);
        for (int row = 0; row < labels.Length; row++)
        {
            TVector outputs = TOps.Divide(TOps.Load(ref a), TOps.Broadcast(Unsafe.Add(ref sums, row)));
            outputs = TOps.KeepFirst(outputs, TLayer.Outputs);
            TOps.Store(outputs, ref a);
            TOps.Store(outputs, ref dz);
            int label = KernelGuard.Label(labels[row], TLayer.Outputs);
            Unsafe.Add(ref dz, label) -= T.One;
            Unsafe.Add(ref shifted, row) = Unsafe.Add(ref z, label) - Unsafe.Add(ref shifted, row);
            z = ref Unsafe.Add(ref z, TLayer.RowStride);
            a = ref Unsafe.Add(ref a, TLayer.RowStride);
            dz = ref Unsafe.Add(ref dz, TLayer.RowStride);
        }
    }
}

/// <summary>Rows of logits of one vector each.</summary>
/// <param name="z">The rows.</param>
/// <param name="outside">What is added to a row that does not fill a vector.</param>
internal readonly ref struct LogitRows<T, TLayer, TOutside>(ref T z, TOutside outside) : ILaneRows<T>
    where T : unmanaged
    where TLayer : struct, IDenseLayer
    where TOutside : struct
{
    private readonly ref T _z = ref z;
    private readonly TOutside _outside = outside;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        LogitRow.Load<TOps, TVector, T>(ref Unsafe.Add(ref _z, row * TLayer.RowStride), TLayer.Outputs, (TVector)(object)_outside);
}

/// <summary>Rows of their exponentials, zero behind the last of them.</summary>
/// <param name="a">The rows.</param>
internal readonly ref struct ExponentialRows<T, TLayer>(ref T a) : ILaneRows<T>
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    private readonly ref T _a = ref a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Row<TOps, TVector>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.Load(ref Unsafe.Add(ref _a, row * TLayer.RowStride));
}
