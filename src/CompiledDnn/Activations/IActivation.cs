using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>
/// An activation that works on each number by itself: a = g(z). Implement it on a struct together with
/// <see cref="IDerivativeFromOutput{T}"/> or <see cref="IDerivativeFromInput{T}"/>, and name the struct in the attribute.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The struct has one type parameter, the number (<c>Swish&lt;T&gt;</c>), or two, the number and the layer's
/// <see cref="ILayerOptions"/> (<c>LeakyReLU&lt;T, TOptions&gt;</c>). The kernels inline its methods and call them with whole
/// vectors. g(0) and g'(0) must be finite.
/// </remarks>
public interface IActivation<T>
    where T : unmanaged
{
    /// <summary>
    /// True if g takes only an instruction or two: kernels then apply it to sums that are still in registers, otherwise to rows that are
    /// still in the L1 cache. It changes no result.
    /// </summary>
    static virtual bool IsCheap => false;

    /// <summary>a = g(z).</summary>
    static abstract TVector Apply<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>The derivative of an activation, worked out from its output: the layer's Z need not be kept.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IDerivativeFromOutput<T>
    where T : unmanaged
{
    /// <summary>
    /// True if g'(z) is 1 where a &gt; 0 and 0 elsewhere: kernels then keep DA or put zero in its place, instead of multiplying by g'. The
    /// two differ where DA is not finite: what a unit that is off passes down is zero.
    /// </summary>
    static virtual bool IsRectifier => false;

    /// <summary>
    /// True if g' takes only an instruction or two: kernels then apply it to sums that are still in registers, otherwise to rows that are
    /// finished. It changes no result.
    /// </summary>
    static virtual bool IsDerivativeCheap => false;

    /// <summary>g'(z) from <paramref name="a"/> = g(z).</summary>
    static abstract TVector DerivativeFromOutput<TOps, TVector>(TVector a)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>The derivative of an activation, worked out from its input: the workspace keeps the layer's Z.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IDerivativeFromInput<T>
    where T : unmanaged
{
    /// <summary>g'(z).</summary>
    static abstract TVector DerivativeFromInput<TOps, TVector>(TVector z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>An activation over all outputs of one example, such as softmax; for the last layer only.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRowActivation<T>
    where T : unmanaged
{
    /// <summary>Writes the outputs of one example.</summary>
    /// <param name="z">The logits of one example, n numbers.</param>
    /// <param name="a">The outputs, n numbers; overwritten. May be the same memory as <paramref name="z"/>.</param>
    static abstract void Apply(ReadOnlySpan<T> z, Span<T> a);

    /// <summary>Multiplies a gradient by the Jacobian of one example: dz = Jᵀ da.</summary>
    /// <param name="a">The outputs of one example, n numbers.</param>
    /// <param name="gradient">On entry da, on return dz; n numbers.</param>
    static abstract void Backward(ReadOnlySpan<T> a, Span<T> gradient);

    /// <summary>
    /// Writes the outputs of a whole batch at once, or returns false, as it does unless it is implemented: <see cref="Apply"/> is then
    /// called for each example. Both must give the same outputs but for rounding, and an example's bits must not depend on the others.
    /// </summary>
    /// <typeparam name="TLayer">The layer: n is its number of outputs, and its rows of Z and A are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="a">The outputs, m rows; overwritten, with zero between n and the stride. May be the same memory as <paramref name="z"/>.</param>
    /// <param name="m">The batch size.</param>
    static virtual bool TryApply<TLayer>(ReadOnlySpan<T> z, Span<T> a, int m)
        where TLayer : struct, IDenseLayer => false;
}

/// <summary>The numbers that <see cref="NetworkAttribute"/> and <see cref="LayerAttribute"/> give a layer's activation.</summary>
public interface ILayerOptions
{
    /// <summary>The slope of a leaky ReLU below zero.</summary>
    static virtual double NegativeSlope => 0.01;

    /// <summary>The scale of an ELU below zero.</summary>
    static virtual double Alpha => 1;
}
