namespace CompiledDnn.Tests.Networks;

/// <summary>Networks that are not small, with each kind of loss behind each kind of output: their steps make both together where they can.</summary>
public static partial class OutputNetworks
{
    // A loss from logits, output by output.
    [Network(20, 70, 100, Output = Activation.Sigmoid)]
    public sealed partial class ManyOutputs;

    [Network(20, 70, 1, Output = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class OneOutput;

    // From outputs, output by output.
    [Network(20, 70, 9, Output = Activation.Tanh, Loss = Loss.MeanSquaredError)]
    public sealed partial class SquaresOfTanh;

    [Network(20, 70, 9, Output = Activation.Softmax, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
    public sealed partial class SquaresOfSoftmax;

    // Over whole rows, from logits and from outputs.
    [Network(20, 70, 17, Output = Activation.Softmax)]
    public sealed partial class Classes;

    [Network(20, 70, 4, Output = Activation.Identity, LossType = typeof(Gradients.Customs.GaussianLikelihood<>), Precision = Precision.Double)]
    public sealed partial class RowLossOfOutputs;

    // Over whole rows, from logits of an activation that is not: nothing is made together.
    [Network(20, 70, 3, Output = Activation.Identity, LossType = typeof(Gradients.Customs.RowSquares<>))]
    public sealed partial class RowLossOfLogits;
}
