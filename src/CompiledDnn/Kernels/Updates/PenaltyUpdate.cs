using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>d = g + λ₁ sign(w) + λ₂ w, kept between −limit and limit, over a piece of the gradient.</summary>
internal readonly ref struct PenaltyUpdate<T> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref readonly T _w;
    private readonly ref readonly T _g;
    private readonly ref T _d;
    private readonly int _length;
    private readonly T _l1;
    private readonly T _l2;
    private readonly T _limit;

    /// <param name="w">The parameters.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="d">The changed gradients, which may be the same memory; overwritten.</param>
    /// <param name="length">How many numbers each has.</param>
    /// <param name="l1">λ₁.</param>
    /// <param name="l2">λ₂.</param>
    /// <param name="limit">The largest magnitude, infinite for none.</param>
    public PenaltyUpdate(ref readonly T w, ref readonly T g, ref T d, int length, T l1, T l2, T limit)
    {
        _w = ref w;
        _g = ref g;
        _d = ref d;
        _length = length;
        _l1 = l1;
        _l2 = l2;
        _limit = limit;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector l1 = TOps.Broadcast(_l1), l2 = TOps.Broadcast(_l2), limit = TOps.Broadcast(_limit);
        ref T ws = ref Unsafe.AsRef(in _w);
        ref T gs = ref Unsafe.AsRef(in _g);
        ref T ds = ref _d;
        int length = _length;
        nint i = 0;
        for (; i + TOps.Count <= length; i += TOps.Count)
        {
            TVector w = TOps.Load(ref Unsafe.Add(ref ws, i)), g = TOps.Load(ref Unsafe.Add(ref gs, i));
            TOps.Store(Change<TOps, TVector>(w, g, l1, l2, limit), ref Unsafe.Add(ref ds, i));
        }

        if (i < length)
        {
            int rest = length - (int)i;
            TVector w = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref ws, i), rest);
            TVector g = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref gs, i), rest);
            PartialVector.Store(Change<TOps, TVector>(w, g, l1, l2, limit), ref Unsafe.Add(ref ds, i), rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Change<TOps, TVector>(TVector w, TVector g, TVector l1, TVector l2, TVector limit)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector sign = TOps.Select(TOps.GreaterThan(w, TOps.Zero), l1, TOps.Zero);
        sign = TOps.Select(TOps.GreaterThan(TOps.Zero, w), TOps.Negate(l1), sign);
        TVector d = TOps.MultiplyAdd(l2, w, TOps.Add(g, sign));
        return TOps.Max(TOps.Min(d, limit), TOps.Negate(limit));
    }
}
