using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Softmax over the m rows of a layer, padding kept zero.</summary>
/// <remarks>
/// A row of one vector stays in a register from its logits to its outputs; rows do not wait for one another, so the processor works
/// on several at once. A wider row keeps its exponentials where its outputs go.
/// </remarks>
internal readonly ref struct SoftmaxRows<T, TLayer> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    private readonly ref readonly T _z;
    private readonly ref T _a;
    private readonly int _m;

    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="a">A, m rows of the layer's stride; overwritten. May be the memory of <paramref name="z"/>.</param>
    /// <param name="m">The batch size.</param>
    public SoftmaxRows(ref readonly T z, ref T a, int m)
    {
        _z = ref z;
        _a = ref a;
        _m = m;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        for (int row = 0; row < _m; row++)
        {
            ref T z = ref Unsafe.Add(ref Unsafe.AsRef(in _z), (nint)row * TLayer.RowStride);
            ref T a = ref Unsafe.Add(ref _a, (nint)row * TLayer.RowStride);
            if (TLayer.Outputs <= TOps.Count)
            {
                TVector logits = LogitRow.Load<TOps, TVector, T>(ref z, TLayer.Outputs, outside);
                TOps.Store(TOps.KeepFirst(LogitRow.Softmax<TOps, TVector, T>(logits), TLayer.Outputs), ref a);
            }
            else
            {
                Wide<TOps, TVector>(ref z, ref a, outside);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<TOps, TVector>(ref T z, ref T a, TVector outside)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector greatest = TOps.Broadcast(LogitRow.Greatest<TOps, TVector, T>(ref z, TLayer.Outputs, outside));
        TVector sum = TOps.Zero;
        int whole = TLayer.Outputs / TOps.Count * TOps.Count;
        for (int column = 0; column < whole; column += TOps.Count)
        {
            TVector shifted = TOps.Exp(TOps.Subtract(TOps.Load(ref Unsafe.Add(ref z, column)), greatest));
            TOps.Store(shifted, ref Unsafe.Add(ref a, column));
            sum = TOps.Add(sum, shifted);
        }

        // The last logits, which do not fill a vector.
        TVector last = TOps.Zero;
        if (whole < TLayer.Outputs)
        {
            TVector logits = LogitRow.Load<TOps, TVector, T>(ref Unsafe.Add(ref z, whole), TLayer.Outputs % TOps.Count, outside);
            last = TOps.Exp(TOps.Subtract(logits, greatest));
            sum = TOps.Add(sum, last);
        }

        TVector total = TOps.Broadcast(TOps.Sum(sum));
        for (int column = 0; column < whole; column += TOps.Count)
        {
            ref T output = ref Unsafe.Add(ref a, column);
            TOps.Store(TOps.Divide(TOps.Load(ref output), total), ref output);
        }

        if (whole < TLayer.Outputs)
        {
            TOps.Store(TOps.KeepFirst(TOps.Divide(last, total), TLayer.Outputs % TOps.Count), ref Unsafe.Add(ref a, whole));
        }
    }
}
