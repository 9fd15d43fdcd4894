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
                WideSoftmax<T, TLayer>.Run<TOps, TVector>(ref z, ref a, outside, out _, out _);
            }
        }
    }
}
