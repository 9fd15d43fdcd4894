namespace CompiledDnn.Tests.Gradients;

/// <summary>A network for every activation and loss that may end one: three outputs behind a smooth hidden layer.</summary>
public static partial class OutputPairs
{
    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Identity, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class IdentityMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Identity, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class IdentityMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 0.4, Precision = Precision.Double)]
    public sealed partial class IdentityHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ReLU, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class ReLUMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ReLU, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class ReLUMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ReLU, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class ReLUHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.LeakyReLU, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class LeakyReLUMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.LeakyReLU, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class LeakyReLUMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.LeakyReLU, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class LeakyReLUHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ELU, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class ELUMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ELU, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class ELUMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.ELU, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class ELUHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.GELU, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class GELUMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.GELU, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class GELUMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.GELU, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class GELUHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.SiLU, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class SiLUMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.SiLU, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class SiLUMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.SiLU, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class SiLUHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softplus, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class SoftplusMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softplus, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class SoftplusMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softplus, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class SoftplusHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
    public sealed partial class SigmoidBinaryCrossEntropy;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class SigmoidMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class SigmoidMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class SigmoidHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class TanhMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class TanhMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Tanh, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class TanhHuber;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.Double)]
    public sealed partial class SoftmaxCategoricalCrossEntropy;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
    public sealed partial class SoftmaxBinaryCrossEntropy;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class SoftmaxMeanSquaredError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
    public sealed partial class SoftmaxMeanAbsoluteError;

    [Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.Huber, Precision = Precision.Double)]
    public sealed partial class SoftmaxHuber;
}
