using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Says whether Adam makes weights smaller, too.</summary>
internal interface IAdamDecay
{
    /// <summary>True if a step multiplies w by <see cref="AdamRates{T}.Keep"/> first. A constant to the JIT.</summary>
    static abstract bool IsOn { get; }
}

/// <summary>Adam.</summary>
internal readonly struct WithoutDecay : IAdamDecay
{
    public static bool IsOn => false;
}

/// <summary>AdamW.</summary>
internal readonly struct WithDecay : IAdamDecay
{
    public static bool IsOn => true;
}

/// <summary>m += share1 (g − m), v += share2 (g² − v), w = keep w − step m / (√v + ε) over a piece of the parameters.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TDecay">With keep, or without.</typeparam>
/// <remarks>
/// The differences keep the multiply-adds at four a vector; the division and the root are done by a unit of their own beside them. An m or
/// v too small to be a normal number counts as zero: of a unit that no longer learns, m would else stay there for good, where division
/// and root are many times slower.
/// </remarks>
internal readonly ref struct AdamUpdate<T, TDecay> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TDecay : struct, IAdamDecay
{
    private readonly ref T _w;
    private readonly ref readonly T _g;
    private readonly ref T _m;
    private readonly ref T _v;
    private readonly int _length;
    private readonly AdamRates<T> _rates;

    /// <param name="w">The parameters; updated.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="m">The running mean of the gradients; updated.</param>
    /// <param name="v">The running mean of their squares; updated.</param>
    /// <param name="length">How many numbers each has.</param>
    /// <param name="rates">The factors.</param>
    public AdamUpdate(ref T w, ref readonly T g, ref T m, ref T v, int length, AdamRates<T> rates)
    {
        _w = ref w;
        _g = ref g;
        _m = ref m;
        _v = ref v;
        _length = length;
        _rates = rates;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector share1 = TOps.Broadcast(_rates.Share1), share2 = TOps.Broadcast(_rates.Share2);
        TVector step = TOps.Broadcast(-_rates.Step), epsilon = TOps.Broadcast(_rates.Epsilon), keep = TOps.Broadcast(_rates.Keep);
        ref T ws = ref _w;
        ref T gs = ref Unsafe.AsRef(in _g);
        ref T ms = ref _m;
        ref T vs = ref _v;
        int length = _length;
        nint i = 0;
        for (; i + TOps.Count <= length; i += TOps.Count)
        {
            TVector g = TOps.Load(ref Unsafe.Add(ref gs, i));
            TVector w = TOps.Load(ref Unsafe.Add(ref ws, i)), m = TOps.Load(ref Unsafe.Add(ref ms, i)), v = TOps.Load(ref Unsafe.Add(ref vs, i));
            Step<TOps, TVector>(ref w, g, ref m, ref v, share1, share2, step, epsilon, keep);
            TOps.Store(m, ref Unsafe.Add(ref ms, i));
            TOps.Store(v, ref Unsafe.Add(ref vs, i));
            TOps.Store(w, ref Unsafe.Add(ref ws, i));
        }

        if (i < length)
        {
            int rest = length - (int)i;
            TVector g = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref gs, i), rest);
            TVector w = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref ws, i), rest);
            TVector m = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref ms, i), rest);
            TVector v = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref vs, i), rest);
            Step<TOps, TVector>(ref w, g, ref m, ref v, share1, share2, step, epsilon, keep);
            PartialVector.Store(m, ref Unsafe.Add(ref ms, i), rest);
            PartialVector.Store(v, ref Unsafe.Add(ref vs, i), rest);
            PartialVector.Store(w, ref Unsafe.Add(ref ws, i), rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TOps, TVector>(
        ref TVector w,
        TVector g,
        ref TVector m,
        ref TVector v,
        TVector share1,
        TVector share2,
        TVector step,
        TVector epsilon,
        TVector keep)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector least = TOps.Constant(typeof(T) == typeof(float) ? 1.17549435E-38 : 2.2250738585072014E-308);
        m = TOps.MultiplyAdd(share1, TOps.Subtract(g, m), m);
        m = TOps.Select(TOps.GreaterThan(least, TOps.Abs(m)), TOps.Zero, m);
        v = TOps.MultiplyAdd(share2, TOps.MultiplyAdd(g, g, TOps.Negate(v)), v);
        v = TOps.Select(TOps.GreaterThan(least, v), TOps.Zero, v);
        w = TDecay.IsOn ? TOps.Multiply(keep, w) : w;
        w = TOps.MultiplyAdd(step, TOps.Divide(m, TOps.Add(TOps.Sqrt(v), epsilon)), w);
    }
}
