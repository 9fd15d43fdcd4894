using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>
/// Softmax, its cross-entropy from labels and DZ in one pass, for rows of one vector: the exponentials that A is made of are those that
/// the loss needs. The same numbers to the bit as in three passes.
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
    private readonly ref double _total;

    private SoftmaxStep(ref readonly T z, ref T a, ref T dz, ReadOnlySpan<int> labels, ref double total)
    {
        _z = ref z;
        _a = ref a;
        _dz = ref dz;
        _labels = labels;
        _total = ref total;
    }

    // Numbers in the widest vector that this machine has.
    private static int Lanes =>
        (Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : Vector128.IsHardwareAccelerated ? 16 : Unsafe.SizeOf<T>())
        / Unsafe.SizeOf<T>();

    /// <summary>Does all of it if rows fit one vector, otherwise nothing.</summary>
    /// <param name="z">Z, m rows.</param>
    /// <param name="labels">m classes.</param>
    /// <param name="a">Takes A, m rows.</param>
    /// <param name="dz">Takes DZ, m rows.</param>
    /// <param name="total">The sum of the losses.</param>
    public static bool TryRun(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> a, Span<T> dz, out double total)
    {
        total = 0;
        if (TLayer.Outputs > Lanes || !LogitRow.AreWhole<TLayer>(Math.Min(z.Length, Math.Min(a.Length, dz.Length)), labels.Length))
        {
            return false;
        }

        VectorDispatch.Run<T, SoftmaxStep<T, TLayer>>(
            new(in MemoryMarshal.GetReference(z), ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(dz), labels, ref total));
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
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        double total = 0;
        for (int first = 0; first < _labels.Length; first += Rows)
        {
            int rows = Math.Min(Rows, _labels.Length - first);
            for (int row = 0; row < rows; row++)
            {
                Row<TOps, TVector>(first + row, outside, out sums[row], out shifted[row]);
            }

            for (int row = 0; row < rows; row += TOps.Count)
            {
                TOps.Store(TOps.Log(TOps.Load(ref sums[row])), ref sums[row]);
            }

            total = AddUp(total, sums[..rows], shifted);
        }

        _total = total;
    }

    // A method of its own, where the total stays in a register.
    private static double AddUp(double total, ReadOnlySpan<T> logarithms, ReadOnlySpan<T> shifted)
    {
        for (int row = 0; row < logarithms.Length; row++)
        {
            total += double.CreateTruncating(logarithms[row] - shifted[row]);
        }

        return total;
    }

    // A and DZ of one example, Σ exp(z − max z), and z − max z of its class.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Row<TOps, TVector>(int row, TVector outside, out T sum, out T shifted)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        nint at = (nint)row * TLayer.RowStride;
        int label = _labels[row];
        ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), at);
        ref T dz = ref Unsafe.Add(ref _dz, at);
        TVector logits = LogitRow.Load<TOps, TVector, T>(ref z, TLayer.Outputs, outside);
        T greatest = TOps.Greatest(logits);
        TVector exponentials = TOps.Exp(TOps.Subtract(logits, TOps.Broadcast(greatest)));
        T total = TOps.Sum(exponentials);
        sum = total;
        shifted = Unsafe.Add(ref z, label) - greatest;
        TVector a = TOps.KeepFirst(TOps.Divide(exponentials, TOps.Broadcast(total)), TLayer.Outputs);
        TOps.Store(a, ref Unsafe.Add(ref _a, at));
        TOps.Store(a, ref dz);
        Unsafe.Add(ref dz, label) -= T.One;
    }
}
