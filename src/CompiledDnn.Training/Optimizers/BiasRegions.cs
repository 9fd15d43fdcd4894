namespace CompiledDnn;

/// <summary>Which numbers of a parameter block are biases.</summary>
/// <param name="shape">The shape of the network.</param>
internal sealed class BiasRegions(NetworkShape shape)
{
    private readonly (int Begin, int End)[] _biases =
        [.. shape.Layers.ToArray().Select(layer => (layer.BiasOffset, layer.BiasOffset + layer.BiasLength)).Order()];

    /// <summary>How far the numbers from a place on are of one kind.</summary>
    /// <param name="offset">A place in the block.</param>
    /// <param name="end">Where to stop at the latest.</param>
    /// <returns>Where the other kind begins, or <paramref name="end"/>; and whether these are biases.</returns>
    public (int End, bool IsBias) From(int offset, int end)
    {
        foreach ((int begin, int after) in _biases)
        {
            if (offset < begin)
            {
                return (Math.Min(begin, end), false);
            }

            if (offset < after)
            {
                return (Math.Min(after, end), true);
            }
        }

        return (end, false);
    }
}
