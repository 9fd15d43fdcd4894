namespace CompiledDnn;

/// <content>Initialisers that ask nothing of the layer.</content>
public abstract partial class Initializer
{
    /// <summary>
    /// W = 0, for parameters that are set afterwards. Trained from here, the units of a hidden layer all stay alike.
    /// </summary>
    public static Initializer Zeros { get; } = new GeneratedInitializer(static _ => WeightDistribution.Uniform(0));

    /// <summary>
    /// W ~ N(0, standardDeviation²) from the library's own generator. With the default the distribution is the notebook's; for its
    /// very numbers take <see cref="Notebook"/>.
    /// </summary>
    /// <param name="standardDeviation">The standard deviation, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public static Initializer Normal(double standardDeviation = 0.01)
    {
        if (!double.IsFinite(standardDeviation) || standardDeviation < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation),
                $"Initializer.Normal: a standard deviation is finite and not negative, but it is {standardDeviation}.");
        }

        WeightDistribution distribution = WeightDistribution.Normal(standardDeviation);
        return new GeneratedInitializer(_ => distribution);
    }
}
