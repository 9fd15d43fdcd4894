namespace CompiledDnn;

/// <content>Initialisers that draw the numbers that NumPy draws.</content>
public abstract partial class Initializer
{
    /// <summary>
    /// The notebook's <c>initialize_parameters_deep</c>: after <c>np.random.seed(seed)</c>,
    /// <c>W = np.random.randn(n[l], n[l-1]) * 0.01</c> layer after layer. The seed must not be negative.
    /// </summary>
    /// <remarks>
    /// Weights this small hardly let a signal through several layers, so a deep network learns nothing for a long time; the
    /// course's own deep network begins with <see cref="Course"/>.
    /// </remarks>
    public static Initializer Notebook { get; } =
        new NumPyInitializer(static seed => new NumPyRandom(seed), static (_, gaussian) => gaussian * 0.01);

    /// <summary>
    /// What the course behind the notebook trains its deep cat classifier from: after <c>np.random.seed(seed)</c>,
    /// <c>W = np.random.randn(n[l], n[l-1]) / np.sqrt(n[l-1])</c> layer after layer, which is <see cref="LeCun"/> in NumPy's
    /// numbers. The seed must not be negative.
    /// </summary>
    public static Initializer Course { get; } =
        new NumPyInitializer(static seed => new NumPyRandom(seed), static (layer, gaussian) => gaussian / Math.Sqrt(layer.Inputs));

    /// <summary>
    /// <c>W = random.randn(n[l], n[l-1]) * scale</c> layer after layer, going on with a stream from where it is. The network's
    /// seed is ignored, and every network initialised moves the stream on.
    /// </summary>
    /// <param name="random">The stream; not for several threads at once.</param>
    /// <param name="scale">What every draw is multiplied by, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is infinite or not a number.</exception>
    public static Initializer NumPy(NumPyRandom random, double scale)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!double.IsFinite(scale))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"Initializer.NumPy: a scale is finite, but it is {scale}.");
        }

        return new NumPyInitializer(_ => random, (_, gaussian) => gaussian * scale);
    }

    private sealed class NumPyInitializer(Func<int, NumPyRandom> begin, Func<LayerInfo, double, double> scale) : Initializer
    {
        public override IWeightSource Start(int seed) => new Source(begin(seed), scale);

        private sealed class Source(NumPyRandom random, Func<LayerInfo, double, double> scale) : IWeightSource
        {
            public void Draw(LayerInfo layer, Span<double> weights)
            {
                foreach (ref double weight in weights)
                {
                    weight = scale(layer, random.NextGaussian());
                }
            }
        }
    }
}
