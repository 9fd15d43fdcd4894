namespace CompiledDnn;

/// <summary>
/// What a step does with the gradients: it is given the parameter block piece by piece, each as soon as its gradient is there and while
/// both are in the cache.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The pieces of a step are disjoint, cover every weight and bias, and come in any order, calls for different pieces perhaps from
/// different threads at the same time. What a piece becomes must not depend on where its borders are.
/// </remarks>
public interface IParameterUpdate<T>
    where T : unmanaged
{
    /// <summary>Begins a step, before its first piece.</summary>
    /// <param name="length">The length of the parameter block, padding included.</param>
    void Begin(int length);

    /// <summary>Updates one piece.</summary>
    /// <param name="offset">Where it begins in the parameter block.</param>
    /// <param name="parameters">The piece; updated. Padding is zero and must stay zero.</param>
    /// <param name="gradients">Its gradients, laid out like it; zero in the padding.</param>
    void Apply(int offset, Span<T> parameters, ReadOnlySpan<T> gradients);
}
