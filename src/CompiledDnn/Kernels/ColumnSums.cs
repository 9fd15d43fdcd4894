using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>result[j] = finish(Σi DZ[i, j]) over the m rows of a layer, for the gradient of the biases.</summary>
/// <remarks>Four rows are added at a time, each to a sum of its own, so that one addition need not wait for the last.</remarks>
internal readonly ref struct ColumnSums<T, TLayer, TEpilogue> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TEpilogue : struct, IEpilogue<T>
{
    private readonly ref readonly T _dz;
    private readonly ref T _result;
    private readonly T _scale;
    private readonly int _m;

    /// <param name="dz">DZ, m rows of the layer's stride.</param>
    /// <param name="result">One number per output, padded to whole cache lines; overwritten.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">The batch size.</param>
    public ColumnSums(ref readonly T dz, ref T result, T scale, int m)
    {
        _dz = ref dz;
        _result = ref result;
        _scale = scale;
        _m = m;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride == 1)
        {
            Flat<TOps, TVector>();
            return;
        }

        for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
        {
            ref T dz = ref Unsafe.Add(ref Unsafe.AsRef(in _dz), column);
            TVector sum0 = TOps.Zero, sum1 = TOps.Zero, sum2 = TOps.Zero, sum3 = TOps.Zero;
            int row = 0;
            for (; row + 4 <= _m; row += 4)
            {
                sum0 = TOps.Add(sum0, TOps.Load(ref dz));
                sum1 = TOps.Add(sum1, TOps.Load(ref Unsafe.Add(ref dz, TLayer.RowStride)));
                sum2 = TOps.Add(sum2, TOps.Load(ref Unsafe.Add(ref dz, 2 * TLayer.RowStride)));
                sum3 = TOps.Add(sum3, TOps.Load(ref Unsafe.Add(ref dz, 3 * TLayer.RowStride)));
                dz = ref Unsafe.Add(ref dz, 4 * TLayer.RowStride);
            }

            for (; row < _m; row++)
            {
                sum0 = TOps.Add(sum0, TOps.Load(ref dz));
                dz = ref Unsafe.Add(ref dz, TLayer.RowStride);
            }

            Store<TOps, TVector>(column, TOps.Add(TOps.Add(sum0, sum1), TOps.Add(sum2, sum3)));
        }
    }

    // One output: DZ is one flat row of m numbers.
    [MethodImpl(KernelMethod.Alone)]
    private void Flat<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector sum = TOps.Zero;
        int i = 0;
        for (; i + TOps.Count <= _m; i += TOps.Count)
        {
            sum = TOps.Add(sum, TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _dz), i)));
        }

        T total = TOps.Sum(sum);
        for (; i < _m; i++)
        {
            total += Unsafe.Add(ref Unsafe.AsRef(in _dz), i);
        }

        Store<ScalarOps<T>, T>(0, total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TOps, TVector>(int column, TVector sum)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T result = ref Unsafe.Add(ref _result, column);
        TVector old = TEpilogue.ReadsOld ? TOps.Load(ref result) : TOps.Zero;
        TOps.Store(TEpilogue.Finish<TOps, TVector>(sum, TOps.Broadcast(_scale), old), ref result);
    }
}
