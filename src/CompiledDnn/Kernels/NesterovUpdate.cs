using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>v = μ v + g, w −= α (g + μ v) over a piece of the parameters.</summary>
internal readonly ref struct NesterovUpdate<T> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _w;
    private readonly ref readonly T _g;
    private readonly ref T _v;
    private readonly int _length;
    private readonly T _rate;
    private readonly T _mu;

    /// <param name="w">The parameters; updated.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">The velocities; updated.</param>
    /// <param name="length">How many numbers each has.</param>
    /// <param name="rate">α.</param>
    /// <param name="mu">μ.</param>
    public NesterovUpdate(ref T w, ref readonly T g, ref T v, int length, T rate, T mu)
    {
        _w = ref w;
        _g = ref g;
        _v = ref v;
        _length = length;
        _rate = rate;
        _mu = mu;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int i = 0;
        for (; i + TOps.Count <= _length; i += TOps.Count)
        {
            Step<TOps, TVector>(i);
        }

        for (; i < _length; i++)
        {
            Step<ScalarOps<T>, T>(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<TOps, TVector>(int i)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T w = ref Unsafe.Add(ref _w, i);
        ref T v = ref Unsafe.Add(ref _v, i);
        TVector mu = TOps.Broadcast(_mu), g = TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _g), i));
        TVector velocity = TOps.MultiplyAdd(mu, TOps.Load(ref v), g);
        TOps.Store(velocity, ref v);
        TOps.Store(TOps.MultiplyAdd(TOps.Broadcast(-_rate), TOps.MultiplyAdd(mu, velocity, g), TOps.Load(ref w)), ref w);
    }
}
