using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Softmax over the m rows of a layer, padding kept zero.</summary>
/// <remarks>Blocks of examples go in columns (<see cref="LogitColumns{T, TLayer}"/>), rows of many classes and the last few examples one by one.</remarks>
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

    [SkipLocalsInit]
    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T z = ref Unsafe.AsRef(in _z);
        int row = 0;
        if (LogitColumns<T, TLayer>.Fits)
        {
            Span<T> columns = stackalloc T[LogitColumns<T, TLayer>.Length];
            int examples = LogitColumns<T, TLayer>.Examples;
            Span<T> greatest = stackalloc T[examples], sums = stackalloc T[examples];
            for (; row + LogitColumns<T, TLayer>.FewestExamples <= _m; row += examples)
            {
                nint at = (nint)row * TLayer.RowStride;
                int rows = Math.Min(examples, _m - row);
                LogitColumns<T, TLayer>.Read<TOps, TVector>(ref Unsafe.Add(ref z, at), rows, ref columns[0], ref greatest[0]);
                LogitColumns<T, TLayer>.Exponentials<TOps, TVector>(ref columns[0], rows, ref greatest[0], ref sums[0]);
                LogitColumns<T, TLayer>.Outputs<TOps, TVector>(ref columns[0], ref sums[0], ref Unsafe.Add(ref _a, at), rows);
            }
        }

        TVector outside = LogitRow.Outside<TOps, TVector, T>(TLayer.Outputs);
        for (; row < _m; row++)
        {
            nint at = (nint)row * TLayer.RowStride;
            RowSoftmax<T, TLayer>.Run<TOps, TVector>(ref Unsafe.Add(ref z, at), ref Unsafe.Add(ref _a, at), outside, out _, out _);
        }
    }
}
