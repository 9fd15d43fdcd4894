namespace CompiledDnn.Tests.Networks;

/// <summary>Small networks: their steps push tiles of the batch through all layers.</summary>
public static partial class SmallNetworks
{
    [Network(2, 16, 16, 1)]
    public sealed partial class Tiny;

    [Network(64, 32, 10, Output = Activation.Softmax)]
    public sealed partial class Digits;

    [Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity)]
    public sealed partial class Surrogate;

    // Derivatives from Z, and sizes that fill no vector.
    [Network(5, 7, 13, 9, 3, Hidden = Activation.SiLU, Output = Activation.Softmax)]
    public sealed partial class OddSizes;

    [Network(3, 5, 20, Hidden = Activation.LeakyReLU, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class ManyClasses;

    [Network(1, 1, 1, Hidden = Activation.Softplus, Output = Activation.Sigmoid, Loss = Loss.MeanSquaredError)]
    public sealed partial class OneOfEach;

    /// <summary>True if the steps of a network, here or elsewhere, are those of a small one.</summary>
    public static bool IsSmall(Type network) =>
        network.GetField("Summary")?.GetValue(null) is string summary && summary.Contains("A step: tiles", StringComparison.Ordinal);
}
