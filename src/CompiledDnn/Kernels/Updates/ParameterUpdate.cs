using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>Updates of a whole parameter block in one sweep.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterUpdate
{
    /// <summary>Gradient descent: W −= learningRate · DW, b −= learningRate · DB. Padding stays zero.</summary>
    /// <param name="parameters">The parameter block; overwritten.</param>
    /// <param name="gradients">The gradient block, laid out like it.</param>
    /// <param name="learningRate">The learning rate.</param>
    public static void Descend<T>(Span<T> parameters, ReadOnlySpan<T> gradients, T learningRate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorPrimitives.MultiplyAddEstimate(gradients, -learningRate, parameters, parameters);

    /// <summary>Momentum: v = μ v + g, w −= α v. Padding stays zero.</summary>
    /// <param name="w">Parameters; overwritten.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">Their velocities; overwritten.</param>
    /// <param name="rate">α.</param>
    /// <param name="mu">μ.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Momentum<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T mu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength(w.Length, g.Length, nameof(g));
        RequireLength(w.Length, v.Length, nameof(v));
        VectorDispatch.Run<T, MomentumUpdate<T, PlainMomentum>>(
            new(ref MemoryMarshal.GetReference(w), in MemoryMarshal.GetReference(g), ref MemoryMarshal.GetReference(v), w.Length, rate, mu));
    }

    /// <summary>Momentum as Nesterov has it: v = μ v + g, w −= α (g + μ v). Padding stays zero.</summary>
    /// <param name="w">Parameters; overwritten.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">Their velocities; overwritten.</param>
    /// <param name="rate">α.</param>
    /// <param name="mu">μ.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Nesterov<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T mu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength(w.Length, g.Length, nameof(g));
        RequireLength(w.Length, v.Length, nameof(v));
        VectorDispatch.Run<T, MomentumUpdate<T, NesterovMomentum>>(
            new(ref MemoryMarshal.GetReference(w), in MemoryMarshal.GetReference(g), ref MemoryMarshal.GetReference(v), w.Length, rate, mu));
    }

    /// <summary>RMSProp: v += share (g² − v), w −= α g / (√v + ε). Padding stays zero.</summary>
    /// <param name="w">Parameters; overwritten.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">The running mean of the squares; overwritten.</param>
    /// <param name="rate">α.</param>
    /// <param name="share">What the newest square counts for.</param>
    /// <param name="epsilon">ε, not zero.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void RMSProp<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T share, T epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength(w.Length, g.Length, nameof(g));
        RequireLength(w.Length, v.Length, nameof(v));
        VectorDispatch.Run<T, RMSPropUpdate<T>>(
            new(
                ref MemoryMarshal.GetReference(w),
                in MemoryMarshal.GetReference(g),
                ref MemoryMarshal.GetReference(v),
                w.Length,
                rate,
                share,
                epsilon));
    }

    /// <summary>Adam: m += share1 (g − m), v += share2 (g² − v), w −= step m / (√v + ε). Padding stays zero.</summary>
    /// <param name="w">Parameters; overwritten.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="m">The running mean of their gradients; overwritten.</param>
    /// <param name="v">The running mean of the squares; overwritten.</param>
    /// <param name="rates">The factors; ε is not zero.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Adam<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamRates<T> rates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Adam<T, WithoutDecay>(w, g, m, v, rates);

    /// <summary>AdamW: as Adam, but w is multiplied by <see cref="AdamRates{T}.Keep"/> first. Padding stays zero.</summary>
    /// <param name="w">Parameters; overwritten.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="m">The running mean of their gradients; overwritten.</param>
    /// <param name="v">The running mean of the squares; overwritten.</param>
    /// <param name="rates">The factors; ε is not zero.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void AdamW<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamRates<T> rates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Adam<T, WithDecay>(w, g, m, v, rates);

    /// <summary>Penalties and clipping: d = g + λ₁ sign(w) + λ₂ w, kept between −limit and limit. Padding stays zero.</summary>
    /// <param name="w">Parameters.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="d">The changed gradients, which may be the same memory; overwritten.</param>
    /// <param name="l1">λ₁.</param>
    /// <param name="l2">λ₂.</param>
    /// <param name="limit">The largest magnitude, infinite for none.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Penalize<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> g, Span<T> d, T l1, T l2, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength(w.Length, g.Length, nameof(g));
        RequireLength(w.Length, d.Length, nameof(d));
        VectorDispatch.Run<T, PenaltyUpdate<T>>(
            new(in MemoryMarshal.GetReference(w), in MemoryMarshal.GetReference(g), ref MemoryMarshal.GetReference(d), w.Length, l1, l2, limit));
    }

    private static void Adam<T, TDecay>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamRates<T> rates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TDecay : struct, IAdamDecay
    {
        RequireLength(w.Length, g.Length, nameof(g));
        RequireLength(w.Length, m.Length, nameof(m));
        RequireLength(w.Length, v.Length, nameof(v));
        VectorDispatch.Run<T, AdamUpdate<T, TDecay>>(
            new(
                ref MemoryMarshal.GetReference(w),
                in MemoryMarshal.GetReference(g),
                ref MemoryMarshal.GetReference(m),
                ref MemoryMarshal.GetReference(v),
                w.Length,
                rates));
    }

    private static void RequireLength(int expected, int length, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"The kernel needs {expected} numbers in {name}, as many as there are parameters, but the span has {length}.", name);
        }
    }
}
