namespace CompiledDnn;

/// <content>
/// Initialisers that follow from the sizes of a layer, n[l−1] inputs and n[l] outputs, and keep the spread of activations and
/// gradients about the same from layer to layer.
/// </content>
public abstract partial class Initializer
{
    /// <summary>
    /// What fits each layer's activation, from <see cref="LayerInfo.Initializer"/>: <see cref="He"/> for the ReLU family,
    /// <see cref="GlorotUniform"/> for tanh and sigmoid, <see cref="LeCun"/> where the activation asks for it.
    /// </summary>
    public static Initializer Default { get; } = new GeneratedInitializer(static layer => layer.Initializer switch
    {
        DefaultInitializer.He => HeOf(layer),
        DefaultInitializer.LeCun => LeCunOf(layer),
        _ => GlorotUniformOf(layer),
    });

    /// <summary>
    /// W ~ N(0, 2 / n[l−1]), the standard deviation being √(2 / n[l−1]); for the ReLU family, which silences half of its inputs.
    /// </summary>
    /// <remarks>
    /// K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015), equation 10. The tails are not cut off, as in
    /// PyTorch's <c>kaiming_normal_</c>; Keras redraws what is beyond two standard deviations.
    /// </remarks>
    public static Initializer He { get; } = new GeneratedInitializer(HeOf);

    /// <summary>W ~ N(0, 2 / (n[l−1] + n[l])), the standard deviation being √(2 / (n[l−1] + n[l])); for tanh and sigmoid.</summary>
    /// <remarks>
    /// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 12.
    /// </remarks>
    public static Initializer GlorotNormal { get; } =
        new GeneratedInitializer(static layer => WeightDistribution.Normal(Math.Sqrt(2.0 / ((double)layer.Inputs + layer.Outputs))));

    /// <summary>W ~ U(−r, r) with r = √(6 / (n[l−1] + n[l])); for tanh and sigmoid. The default of Keras.</summary>
    /// <remarks>
    /// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16.
    /// </remarks>
    public static Initializer GlorotUniform { get; } = new GeneratedInitializer(GlorotUniformOf);

    /// <summary>W ~ N(0, 1 / n[l−1]), the standard deviation being √(1 / n[l−1]).</summary>
    /// <remarks>Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp" (1998), section 4.6.</remarks>
    public static Initializer LeCun { get; } = new GeneratedInitializer(LeCunOf);

    private static WeightDistribution HeOf(LayerInfo layer) => WeightDistribution.Normal(Math.Sqrt(2.0 / layer.Inputs));

    private static WeightDistribution LeCunOf(LayerInfo layer) => WeightDistribution.Normal(Math.Sqrt(1.0 / layer.Inputs));

    private static WeightDistribution GlorotUniformOf(LayerInfo layer) =>
        WeightDistribution.Uniform(Math.Sqrt(6.0 / ((double)layer.Inputs + layer.Outputs)));
}
