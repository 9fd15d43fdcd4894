namespace CompiledDnn;

/// <summary>
/// How a new network's weights are drawn. Biases begin at zero. The same seed gives the same weights on every machine (NumPy's
/// normal numbers up to the last bit of the machine's logarithm), and <see cref="float"/> weights are the <see cref="double"/>
/// ones rounded to nearest.
/// </summary>
public abstract partial class Initializer
{
    /// <summary>Begins the draws of one network.</summary>
    /// <param name="seed">The network's seed.</param>
    public abstract IWeightSource Start(int seed);

    /// <summary>Sets every weight and zeroes every bias of a block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The block; overwritten.</param>
    /// <param name="seed">The network's seed.</param>
    public void Initialize<T>(ParameterBlock<T> parameters, int seed)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Span.Clear();
        IWeightSource source = Start(seed);
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            // The draws are doubles whatever the network's precision, so that float is double rounded to nearest.
            var drawn = new double[layer.Outputs * layer.Inputs];
            source.Draw(layer, drawn);
            Span<T> weights = parameters.W(layer.Index);
            for (int o = 0, at = 0; o < layer.Outputs; o++)
            {
                for (int i = 0; i < layer.Inputs; i++)
                {
                    weights[(o * layer.OutputStride) + (i * layer.InputStride)] = T.CreateSaturating(drawn[at++]);
                }
            }
        }
    }
}

/// <summary>The weights of one network, drawn layer by layer, layer 1 first.</summary>
public interface IWeightSource
{
    /// <summary>Draws the weights of the next layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">outputs × inputs numbers, one output after the other; overwritten.</param>
    void Draw(LayerInfo layer, Span<double> weights);
}
