namespace CompiledDnn;

/// <summary>How the weights of one layer are distributed around zero.</summary>
/// <param name="Scale">The standard deviation of the normal distribution, or the limit of the uniform one.</param>
/// <param name="IsUniform">True for the uniform distribution on [−Scale, Scale), false for the normal one.</param>
internal readonly record struct WeightDistribution(double Scale, bool IsUniform)
{
    public static WeightDistribution Normal(double standardDeviation) => new(standardDeviation, IsUniform: false);

    public static WeightDistribution Uniform(double limit) => new(limit, IsUniform: true);
}

/// <summary>Draws every weight from the library's own generator; the layer decides the distribution.</summary>
internal sealed class GeneratedInitializer(Func<LayerInfo, WeightDistribution> distributionOf) : Initializer
{
    public override IWeightSource Start(int seed) => new Source(distributionOf, new Xoshiro256(seed));

    private sealed class Source(Func<LayerInfo, WeightDistribution> distributionOf, Xoshiro256 random) : IWeightSource
    {
        public void Draw(LayerInfo layer, Span<double> weights)
        {
            WeightDistribution distribution = distributionOf(layer);
            foreach (ref double weight in weights)
            {
                double drawn = distribution.IsUniform ? (2 * random.NextDouble()) - 1 : random.NextGaussian();
                weight = drawn * distribution.Scale;
            }
        }
    }
}
