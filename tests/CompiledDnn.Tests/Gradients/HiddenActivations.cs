namespace CompiledDnn.Tests.Gradients;

/// <summary>A network for every activation that may be hidden: two layers of it.</summary>
public static partial class HiddenActivations
{
    [Network(4, 6, 5, 2, Hidden = Activation.Identity, Precision = Precision.Double)]
    public sealed partial class HiddenIdentity;

    [Network(4, 6, 5, 2, Hidden = Activation.ReLU, Precision = Precision.Double)]
    public sealed partial class HiddenReLU;

    [Network(4, 6, 5, 2, Hidden = Activation.LeakyReLU, Precision = Precision.Double)]
    public sealed partial class HiddenLeakyReLU;

    [Network(4, 6, 5, 2, Hidden = Activation.ELU, Precision = Precision.Double)]
    public sealed partial class HiddenELU;

    [Network(4, 6, 5, 2, Hidden = Activation.GELU, Precision = Precision.Double)]
    public sealed partial class HiddenGELU;

    [Network(4, 6, 5, 2, Hidden = Activation.SiLU, Precision = Precision.Double)]
    public sealed partial class HiddenSiLU;

    [Network(4, 6, 5, 2, Hidden = Activation.Softplus, Precision = Precision.Double)]
    public sealed partial class HiddenSoftplus;

    [Network(4, 6, 5, 2, Hidden = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class HiddenSigmoid;

    [Network(4, 6, 5, 2, Hidden = Activation.Tanh, Precision = Precision.Double)]
    public sealed partial class HiddenTanh;

    // A slope and a scale of its own, so that the kink is seen.
    [Network(4, 6, 5, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0.3, Precision = Precision.Double)]
    [Layer(2, Activation = Activation.ELU, Alpha = 0.7)]
    public sealed partial class HiddenWithOptions;
}
