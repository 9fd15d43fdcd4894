namespace CompiledDnn;

/// <summary>
/// Makes a partial class a dense neural network of fixed shape. The source generator writes its forward, backward and
/// update methods. With sizes alone it is the notebook's network: ReLU layers, one sigmoid layer, cross-entropy.
/// </summary>
/// <remarks>What holds for one layer only is said with <see cref="LayerAttribute"/>.</remarks>
/// <param name="sizes">
/// The number of inputs, then the number of outputs of every layer, the last being the network's outputs: at least two numbers.
/// </param>
// Multiple attributes and structs are let through so that the analyzer can say in its own words what to do instead.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class NetworkAttribute(params int[] sizes) : Attribute
{
    /// <summary>The number of inputs, then the number of outputs of every layer.</summary>
    public int[] Sizes { get; } = sizes;

    /// <summary>The activation of every layer but the last. Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Hidden { get; set; } = Activation.ReLU;

    /// <summary>The activation of the last layer. Default: <see cref="Activation.Sigmoid"/>.</summary>
    public Activation Output { get; set; } = Activation.Sigmoid;

    /// <summary>The hidden activation by type, in place of <see cref="Hidden"/>: a struct that implements <see cref="IActivation{T}"/>.</summary>
    public Type? HiddenType { get; set; }

    /// <summary>The output activation by type, in place of <see cref="Output"/>: a struct that implements <see cref="IActivation{T}"/> or <see cref="IRowActivation{T}"/>.</summary>
    public Type? OutputType { get; set; }

    /// <summary>The loss. Default: the one that follows from the output activation.</summary>
    public Loss Loss { get; set; }

    /// <summary>The loss by type, in place of <see cref="Loss"/>: a struct that implements <see cref="IElementwiseLoss{T}"/> or <see cref="IRowLoss{T}"/>.</summary>
    public Type? LossType { get; set; }

    /// <summary>The number type. Default: <see cref="Precision.Float"/>.</summary>
    public Precision Precision { get; set; }

    /// <summary>The slope of <see cref="Activation.LeakyReLU"/> below zero, finite and not negative. Default: 0.01.</summary>
    public double NegativeSlope { get; set; } = 0.01;

    /// <summary>The scale of <see cref="Activation.ELU"/> below zero, finite and not negative. Default: 1.</summary>
    public double Alpha { get; set; } = 1;

    /// <summary>
    /// The probability with which training drops each output of the hidden layers, at least 0 and less than 1: what is left is divided by
    /// 1 − Dropout, and predictions drop nothing. It takes a workspace that was created with <see cref="WorkspaceOptions.Training"/>.
    /// Default: 0.
    /// </summary>
    /// <remarks>N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15 (2014).</remarks>
    public double Dropout { get; set; }

    /// <summary>Where <see cref="Loss.Huber"/> turns from a square into a line, finite and positive. Default: 1.</summary>
    public double HuberDelta { get; set; } = 1;
}
