using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class LossTests
{
    private const string Other = "choose another loss or output activation";

    [Fact]
    public Task Binary_cross_entropy_on_any_numbers_is_reported() => AttributesReport(
        "[Network(4, 1, Output = Activation.Identity, Loss = {|#0:Loss.BinaryCrossEntropy|})]",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "BinaryCrossEntropy",
            "outputs that are numbers between 0 and 1",
            "'Identity' gives any numbers",
            Other));

    [Fact]
    public Task Categorical_cross_entropy_on_sigmoid_is_reported() => AttributesReport(
        "[Network(4, 3, Loss = {|#0:Loss.CategoricalCrossEntropy|})]",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "CategoricalCrossEntropy",
            "outputs that are probabilities that add up to 1",
            "'Sigmoid' gives numbers between 0 and 1",
            Other));

    [Fact]
    public Task The_loss_is_compared_with_the_last_layers_own_activation() => AttributesReport(
        "[Network(4, 3, Loss = {|#0:Loss.BinaryCrossEntropy|})] [Layer(1, Activation = Activation.Tanh)]",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "BinaryCrossEntropy",
            "outputs that are numbers between 0 and 1",
            "'Tanh' gives any numbers",
            Other));

    [Theory]
    [InlineData("Activation.Softmax", "Loss.BinaryCrossEntropy")]
    [InlineData("Activation.Softmax", "Loss.CategoricalCrossEntropy")]
    [InlineData("Activation.Softmax", "Loss.MeanSquaredError")]
    [InlineData("Activation.Sigmoid", "Loss.BinaryCrossEntropy")]
    [InlineData("Activation.Sigmoid", "Loss.MeanAbsoluteError")]
    [InlineData("Activation.Identity", "Loss.Huber")]
    [InlineData("Activation.Identity", "Loss.FromOutput")]
    public Task A_loss_that_needs_no_more_than_the_output_gives_is_accepted(string activation, string loss) =>
        AcceptsAttributes($"[Network(4, 3, Output = {activation}, Loss = {loss})]");

    [Fact]
    public Task Outputs_that_are_no_whole_number_of_targets_are_reported() => Reports(
        "[LossTraits(OutputsPerTarget = 3)]\n" + CustomTypes.RowLoss
        + "[Network(4, 5, Output = Activation.Identity, LossType = {|#0:typeof(OwnLoss<>)|})] partial class Net;",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "OwnLoss",
            "3 outputs for each target",
            "the network has 5",
            "give the last layer a multiple of 3 outputs or choose another loss"));

    [Fact]
    public Task Outputs_that_are_a_whole_number_of_targets_are_accepted() => Accepts(
        "[LossTraits(OutputsPerTarget = 3)]\n" + CustomTypes.RowLoss
        + "[Network(4, 6, Output = Activation.Identity, LossType = typeof(OwnLoss<>))] partial class Net;");

    [Fact]
    public Task A_loss_of_ones_own_that_the_output_does_not_satisfy_is_reported() => Reports(
        "[LossTraits(Requires = OutputRange.Probability)]\n" + CustomTypes.Loss()
        + "[Network(4, 2, Output = Activation.ReLU, LossType = {|#0:typeof(OwnLoss<>)|})] partial class Net;",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "OwnLoss",
            "outputs that are numbers between 0 and 1",
            "'ReLU' gives any numbers",
            Other));

    [Fact]
    public Task An_activation_whose_own_default_loss_does_not_fit_is_reported_where_it_is_named() => Reports(
        "[ActivationTraits(DefaultLoss = Loss.BinaryCrossEntropy)]\n" + CustomTypes.Activation()
        + "[Network(4, 2, OutputType = {|#0:typeof(Own<>)|})] partial class Net;",
        Result(
            DiagnosticDescriptors.LossDoesNotFit,
            "BinaryCrossEntropy",
            "outputs that are numbers between 0 and 1",
            "'Own' gives any numbers",
            Other));

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public Task A_loss_with_no_outputs_per_target_is_reported(int outputs) => Unusable(
        $"[LossTraits(OutputsPerTarget = {outputs})]\n" + CustomTypes.RowLoss,
        "OwnLoss<>",
        $"its LossTraits say OutputsPerTarget = {outputs}: give a positive number");

    [Fact]
    public Task An_elementwise_loss_with_several_outputs_per_target_is_reported() => Unusable(
        "[LossTraits(OutputsPerTarget = 2)]\n" + CustomTypes.Loss(),
        "OwnLoss<>",
        "its LossTraits say OutputsPerTarget = 2: the target of an IElementwiseLoss is as wide as the output, so leave it out");

    [Fact]
    public Task A_struct_that_is_no_loss_is_reported() => Unusable(
        "public struct OwnLoss<T>;",
        "OwnLoss<>",
        "it implements neither IElementwiseLoss<float> nor IRowLoss<float>: implement one of them");

    [Fact]
    public Task A_loss_whose_options_are_those_of_a_layer_is_reported() => Unusable(
        CustomTypes.Loss("public struct OwnLoss<T, TOptions>", "where T : unmanaged where TOptions : struct, ILayerOptions"),
        "OwnLoss<,>",
        "its type parameter 'TOptions' does not take every ILossOptions: constrain it to struct and ILossOptions only");

    [Fact]
    public Task A_loss_with_options_is_accepted() => Accepts(
        CustomTypes.Loss("public struct OwnLoss<T, TOptions>", "where T : unmanaged where TOptions : struct, ILossOptions")
        + "[Network(4, 2, LossType = typeof(OwnLoss<,>), HuberDelta = 2)] partial class Net;");

    [Fact]
    public Task A_protected_loss_of_the_class_around_is_accepted() => Accepts(
        "partial class Outer {\n" + CustomTypes.Loss("protected struct OwnLoss<T>")
        + "[Network(4, 2, LossType = typeof(OwnLoss<>))] partial class Net; }\n"
        + "class Derived : Outer;");

    [Fact]
    public Task A_label_loss_without_a_fused_form_is_reported() => Reports(
        CustomTypes.LabelLossWithoutFusedForm
        + "[Network(4, 2, Output = Activation.Softmax, LossType = {|#0:typeof(OwnLoss<>)|})] partial class Net;",
        Result(
            DiagnosticDescriptors.UnusableType,
            "OwnLoss",
            "loss",
            "it implements ILabelLoss but not IRowLoss and IFusedRowLoss for 'Softmax': implement those too"));

    [Fact]
    public Task A_label_loss_for_another_activation_is_accepted() => Accepts(
        CustomTypes.LabelLossWithoutFusedForm + "[Network(4, 2, LossType = typeof(OwnLoss<>))] partial class Net;");

    private static Task Unusable(string type, string name, string problem) => Reports(
        $"{type}\n[Network(4, 2, LossType = {{|#0:typeof({name})|}})] partial class Net;",
        Result(DiagnosticDescriptors.UnusableType, "OwnLoss", "loss", problem));
}
