using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>
/// Penalties and clipping between the gradient and an optimiser: piece by piece through a little of the stack, or, for a limit of
/// the norm, over the whole block.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class GradientUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Long enough that what a call costs does not count, short enough for the stack and the L1 cache.
    private const int ChunkLength = 1024;

    private readonly OptimizerState<T> _optimizer;
    private readonly GradientRules _rules;
    private readonly BiasRegions _regions;
    private readonly T _l1;
    private readonly T _l2;
    private readonly T _limit;

    /// <param name="optimizer">What takes the step.</param>
    /// <param name="shape">The network's shape.</param>
    /// <param name="rules">What is done to the gradient, checked.</param>
    public GradientUpdate(OptimizerState<T> optimizer, NetworkShape shape, GradientRules rules)
    {
        _optimizer = optimizer;
        _rules = rules;
        _regions = new BiasRegions(shape);
        _l1 = T.CreateTruncating(rules.L1);
        _l2 = T.CreateTruncating(rules.L2);
        _limit = T.CreateTruncating(rules.ClipValue ?? double.PositiveInfinity);
    }

    /// <summary>
    /// What to hand to <c>TrainStep</c> when the norm has no limit: the optimiser itself where there is nothing to do before it.
    /// </summary>
    /// <param name="optimizer">What takes the step.</param>
    /// <param name="shape">The network's shape.</param>
    /// <param name="rules">What is done to the gradient, checked.</param>
    /// <exception cref="ArgumentException">The rules need the whole gradient.</exception>
    public static IParameterUpdate<T> ForPieces(OptimizerState<T> optimizer, NetworkShape shape, GradientRules rules) =>
        rules.NeedsWholeGradient
            ? throw new ArgumentException("A limit of the norm needs the whole gradient; it cannot be kept piece by piece.", nameof(rules))
            : rules.ChangesNumbers ? new GradientUpdate<T>(optimizer, shape, rules) : optimizer;

    /// <inheritdoc/>
    public void Begin(int length) => _optimizer.Begin(length);

    /// <inheritdoc/>
    public void Apply(int offset, Span<T> parameters, ReadOnlySpan<T> gradients)
    {
        Span<T> buffer = stackalloc T[ChunkLength];
        for (int at = 0; at < parameters.Length;)
        {
            (int end, bool isBias) = _regions.From(offset + at, offset + parameters.Length);
            int length = Math.Min(end - offset - at, ChunkLength);
            Span<T> w = parameters.Slice(at, length), changed = buffer[..length];
            Change(w, gradients.Slice(at, length), changed, isBias);
            _optimizer.Apply(offset + at, w, changed);
            at += length;
        }
    }

    /// <summary>Takes a step with a gradient that is there as a whole; allocates nothing.</summary>
    /// <param name="parameters">The parameter block; updated.</param>
    /// <param name="gradients">The gradients, laid out like it; left as the optimiser saw them.</param>
    /// <returns>False if the norm was to be limited and is not finite. The parameters are then left as they are.</returns>
    public bool Step(Span<T> parameters, Span<T> gradients)
    {
        for (int at = 0; _rules.ChangesNumbers && at < parameters.Length;)
        {
            (int end, bool isBias) = _regions.From(at, parameters.Length);
            Change(parameters[at..end], gradients[at..end], gradients[at..end], isBias);
            at = end;
        }

        if (_rules.ClipNorm is { } limit && !double.IsFinite(GradientNorm.Clip(gradients, limit)))
        {
            return false;
        }

        _optimizer.Step(parameters, gradients);
        return true;
    }

    private void Change(ReadOnlySpan<T> w, ReadOnlySpan<T> g, Span<T> changed, bool isBias) =>
        ParameterUpdate.Penalize(w, g, changed, isBias ? T.Zero : _l1, isBias ? T.Zero : _l2, _limit);
}
