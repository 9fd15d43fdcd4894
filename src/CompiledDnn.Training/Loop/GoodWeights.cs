using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>A copy of the last weights that were known to be good, to go back to when training diverges.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="step">The steps that its weights have seen.</param>
internal sealed class GoodWeights<T>(INetwork<T> network, long step)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A copy costs about as much as one pass over the weights; at most every so many steps that is not worth mentioning.
    private const int StepsBetween = 32;

    private readonly T[] _copy = network.Parameters.Span.ToArray();
    private long _step = step;

    /// <summary>Looks at the weights after an epoch.</summary>
    /// <param name="step">The steps taken in all.</param>
    /// <param name="isLast">True to look in any case.</param>
    /// <returns>False if one of them is infinite or not a number.</returns>
    public bool Observe(long step, bool isLast)
    {
        if (!isLast && step - _step < StepsBetween)
        {
            return true;
        }

        ReadOnlySpan<T> weights = network.Parameters.Span;
        if (!TensorPrimitives.IsFiniteAll(weights))
        {
            return false;
        }

        weights.CopyTo(_copy);
        _step = step;
        return true;
    }

    /// <summary>Gives the network the copy.</summary>
    /// <returns>The steps that the copy had seen.</returns>
    public long Restore()
    {
        _copy.CopyTo(network.Parameters.Span);
        return _step;
    }
}
