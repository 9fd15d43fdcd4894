using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class ValueTests
{
    [Theory]
    [InlineData("[Network(4, 3, 2, Hidden = Activation.ReLU, HiddenType = {|#0:typeof(ReLU<>)|})]", "Hidden")]
    [InlineData("[Network(4, 3, 2, OutputType = {|#0:typeof(Tanh<>)|}, Output = Activation.Tanh)]", "Output")]
    [InlineData("[Network(4, 3, 2, Loss = Loss.FromOutput, LossType = {|#0:typeof(MeanSquaredError<>)|})]", "Loss")]
    [InlineData("[Network(4, 3, 2)] [Layer(1, Activation = Activation.ReLU, ActivationType = {|#0:typeof(ReLU<>)|})]", "Activation")]
    public Task Both_forms_of_a_choice_are_reported_at_the_type(string attributes, string property) =>
        AttributesReport(attributes, Result(DiagnosticDescriptors.BothForms, property, property + "Type"));

    [Theory]
    [InlineData("[Network(4, 3, 2, HiddenType = typeof(ReLU<>), Output = Activation.Tanh)]")]
    [InlineData("[Network(4, 3, 2, Hidden = Activation.Tanh, HiddenType = null)]")]
    [InlineData("[Network(4, 3, 2, LossType = typeof(Huber<,>), HuberDelta = 2)]")]
    [InlineData("[Network(4, 3, 2, HiddenType = typeof(ReLU<>))] [Layer(1, Activation = Activation.Tanh)]")]
    public Task One_form_of_each_choice_is_accepted(string attributes) => AcceptsAttributes(attributes);

    [Fact]
    public Task A_second_network_attribute_is_reported() => AttributesReport(
        "[Network(4, 3)] [{|#0:Network(4, 2)|}]",
        Result(DiagnosticDescriptors.NetworkTwice));

    [Fact]
    public Task A_network_attribute_on_another_part_is_reported_once() => Reports(
        "[Network(4, 3)] partial class Net; [{|#0:Network(4, 3)|}] partial class Net;",
        Result(DiagnosticDescriptors.NetworkTwice));

    [Fact]
    public Task Networks_of_one_name_in_two_namespaces_are_accepted() => Accepts(
        "namespace A { [Network(4, 3)] partial class Net; } namespace B { [Network(4, 2)] partial class Net; }");

    [Theory]
    [InlineData("NegativeSlope = {|#0:-0.1|}", "NegativeSlope", "finite and not negative", "-0.1")]
    [InlineData("NegativeSlope = {|#0:double.NaN|}", "NegativeSlope", "finite and not negative", "NaN")]
    [InlineData("Alpha = {|#0:double.PositiveInfinity|}", "Alpha", "finite and not negative", "Infinity")]
    [InlineData("Alpha = {|#0:-1|}", "Alpha", "finite and not negative", "-1")]
    public Task An_option_of_an_activation_out_of_range_is_reported(string option, string name, string expected, string value) =>
        AttributesReport(
            $"[Network(4, 3, 2, Hidden = Activation.LeakyReLU, {option})]",
            Result(DiagnosticDescriptors.OptionOutOfRange, name, expected, value));

    [Theory]
    [InlineData("NegativeSlope = {|#0:-0.1|}", "NegativeSlope", "-0.1")]
    [InlineData("Alpha = {|#0:double.NegativeInfinity|}", "Alpha", "-Infinity")]
    public Task An_option_of_a_layer_out_of_range_is_reported(string option, string name, string value) =>
        AttributesReport(
            $"[Network(4, 3, 2)] [Layer(1, Activation = Activation.ELU, {option})]",
            Result(DiagnosticDescriptors.OptionOutOfRange, name, "finite and not negative", value));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("double.PositiveInfinity", "Infinity")]
    public Task A_huber_delta_out_of_range_is_reported(string given, string value) =>
        AttributesReport(
            $"[Network(4, 3, 2, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = {{|#0:{given}|}})]",
            Result(DiagnosticDescriptors.OptionOutOfRange, "HuberDelta", "finite and positive", value));

    [Theory]
    [InlineData("Hidden = {|#0:(Activation)99|}", "Hidden", "Activation", 99)]
    [InlineData("Output = {|#0:(Activation)(-1)|}", "Output", "Activation", -1)]
    [InlineData("Loss = {|#0:(Loss)50|}", "Loss", "Loss", 50)]
    [InlineData("Precision = {|#0:(Precision)2|}", "Precision", "Precision", 2)]
    public Task A_value_that_is_no_member_of_its_enum_is_reported(string option, string name, string type, int value) =>
        AttributesReport(
            $"[Network(4, 3, 2, {option})]",
            Result(DiagnosticDescriptors.OptionOutOfRange, name, $"a member of the enum {type}", value));

    [Theory]
    [InlineData("[Network(4, 3, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0, Alpha = 0)]")]
    [InlineData("[Network(4, 3, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 1e300)]")]
    [InlineData("[Network(4, 3, 2, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = double.Epsilon)]")]
    public Task Options_in_range_are_accepted(string attributes) => AcceptsAttributes(attributes);

    [Theory]
    [InlineData("NegativeSlope")]
    [InlineData("Alpha")]
    public Task An_option_that_no_layer_uses_is_a_warning(string option) => AttributesReport(
        $"[Network(4, 3, 2, {option} = {{|#0:0.5|}})]",
        Result(DiagnosticDescriptors.OptionUnused, option, "no layer takes it from the network", "activation"));

    [Fact]
    public Task An_option_that_every_layer_overrides_is_a_warning() => AttributesReport(
        "[Network(4, 3, 2, Hidden = Activation.LeakyReLU, NegativeSlope = {|#0:0.5|})] [Layer(1, NegativeSlope = 0.2)]",
        Result(DiagnosticDescriptors.OptionUnused, "NegativeSlope", "no layer takes it from the network", "activation"));

    [Fact]
    public Task An_option_of_a_layer_whose_activation_takes_none_is_a_warning() => AttributesReport(
        "[Network(4, 3, 2)] [Layer(1, Alpha = {|#0:0.5|})]",
        Result(DiagnosticDescriptors.OptionUnused, "Alpha", "the activation of layer 1 takes no options", "activation"));

    [Fact]
    public Task A_huber_delta_for_another_loss_is_a_warning() => AttributesReport(
        "[Network(4, 3, 2, HuberDelta = {|#0:2|})]",
        Result(DiagnosticDescriptors.OptionUnused, "HuberDelta", "the loss 'BinaryCrossEntropy' takes no options", "loss"));

    [Theory]
    [InlineData("[Network(4, 3, 2, Output = Activation.ELU, Alpha = 0.5)]")]
    [InlineData("[Network(4, 3, 2, NegativeSlope = 0.5)] [Layer(1, Activation = Activation.LeakyReLU)]")]
    [InlineData("[Network(4, 3, 2, Hidden = Activation.LeakyReLU)] [Layer(1, NegativeSlope = 0.5)]")]
    public Task An_option_that_a_layer_uses_is_accepted(string attributes) => AcceptsAttributes(attributes);
}
