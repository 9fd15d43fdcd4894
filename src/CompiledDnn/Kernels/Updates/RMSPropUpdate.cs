using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>v += share (g² − v), w −= α g / (√v + ε) over a piece of the parameters.</summary>
/// <remarks>A v too small to be a normal number counts as zero, as in <see cref="AdamUpdate{T, TDecay}"/>.</remarks>
internal readonly ref struct RMSPropUpdate<T> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _w;
    private readonly ref readonly T _g;
    private readonly ref T _v;
    private readonly int _length;
    private readonly T _rate;
    private readonly T _share;
    private readonly T _epsilon;

    /// <param name="w">The parameters; updated.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">The running mean of their squares; updated.</param>
    /// <param name="length">How many numbers each has.</param>
    /// <param name="rate">α.</param>
    /// <param name="share">What the newest square counts for.</param>
    /// <param name="epsilon">ε.</param>
    public RMSPropUpdate(ref T w, ref readonly T g, ref T v, int length, T rate, T share, T epsilon)
    {
        _w = ref w;
        _g = ref g;
        _v = ref v;
        _length = length;
        _rate = rate;
        _share = share;
        _epsilon = epsilon;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector rate = TOps.Broadcast(-_rate), share = TOps.Broadcast(_share), epsilon = TOps.Broadcast(_epsilon);
        ref T ws = ref _w;
        ref T gs = ref Unsafe.AsRef(in _g);
        ref T vs = ref _v;
        int length = _length;
        nint i = 0;
        for (; i + TOps.Count <= length; i += TOps.Count)
        {
            TVector w = TOps.Load(ref Unsafe.Add(ref ws, i)), v = TOps.Load(ref Unsafe.Add(ref vs, i));
            Step<TOps, TVector>(ref w, TOps.Load(ref Unsafe.Add(ref gs, i)), ref v, rate, share, epsilon);
            TOps.Store(v, ref Unsafe.Add(ref vs, i));
            TOps.Store(w, ref Unsafe.Add(ref ws, i));
        }

        if (i < length)
        {
            int rest = length - (int)i;
            TVector w = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref ws, i), rest);
            TVector v = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref vs, i), rest);
            TVector g = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref gs, i), rest);
            Step<TOps, TVector>(ref w, g, ref v, rate, share, epsilon);
            PartialVector.Store(v, ref Unsafe.Add(ref vs, i), rest);
            PartialVector.Store(w, ref Unsafe.Add(ref ws, i), rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TOps, TVector>(ref TVector w, TVector g, ref TVector v, TVector rate, TVector share, TVector epsilon)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector least = TOps.Constant(typeof(T) == typeof(float) ? 1.17549435E-38 : 2.2250738585072014E-308);
        v = TOps.MultiplyAdd(share, TOps.MultiplyAdd(g, g, TOps.Negate(v)), v);
        v = TOps.Select(TOps.GreaterThan(least, v), TOps.Zero, v);
        w = TOps.MultiplyAdd(rate, TOps.Divide(g, TOps.Add(TOps.Sqrt(v), epsilon)), w);
    }
}
