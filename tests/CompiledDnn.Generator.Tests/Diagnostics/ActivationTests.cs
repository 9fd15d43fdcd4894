using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class ActivationTests
{
    [Fact]
    public Task Softmax_on_hidden_layers_is_reported_once_where_it_is_named() => AttributesReport(
        "[Network(4, 3, 3, 2, Hidden = {|#0:Activation.Softmax|})]",
        Result(DiagnosticDescriptors.RowActivationHidden, "Softmax", 1, 3));

    [Fact]
    public Task Softmax_on_one_hidden_layer_is_reported_at_that_layer() => AttributesReport(
        "[Network(4, 3, 3, 2)] [Layer(2, Activation = {|#0:Activation.Softmax|})]",
        Result(DiagnosticDescriptors.RowActivationHidden, "Softmax", 2, 3));

    [Fact]
    public Task Softmax_that_every_hidden_layer_overrides_is_accepted() => AcceptsAttributes(
        "[Network(4, 3, 2, Hidden = Activation.Softmax)] [Layer(1, Activation = Activation.Tanh)]");

    [Fact]
    public Task Softmax_on_the_last_layer_is_accepted() => AcceptsAttributes("[Network(4, 3, 2, Output = Activation.Softmax)]");

    [Fact]
    public Task Softmax_on_the_last_layer_by_its_own_attribute_is_accepted() => AcceptsAttributes(
        "[Network(4, 3, 2)] [Layer(2, Activation = Activation.Softmax)]");

    [Fact]
    public Task Softmax_with_one_output_is_reported() => AttributesReport(
        "[Network(4, 1, Output = {|#0:Activation.Softmax|})]",
        Result(DiagnosticDescriptors.RowActivationOneOutput, "Softmax"));

    [Fact]
    public Task Softmax_with_one_output_by_the_layers_own_attribute_is_reported() => AttributesReport(
        "[Network(4, 1)] [Layer(1, Activation = {|#0:Activation.Softmax|})]",
        Result(DiagnosticDescriptors.RowActivationOneOutput, "Softmax"));

    [Theory]
    [InlineData("Hidden")]
    [InlineData("Output")]
    public Task Every_built_in_activation_can_be_used(string property) => Accepts(string.Join('\n', Enum.GetValues<Activation>()
        .Where(activation => property == "Output" || activation != Activation.Softmax)
        .Select(activation => $"[Network(4, 3, 2, {property} = Activation.{activation})] partial class Net{activation};"
            + $"[Network(4, 3, 2, {property} = Activation.{activation}, Precision = Precision.Double)] partial class Double{activation};")));

    [Theory]
    [InlineData("Hidden")]
    [InlineData("Output")]
    public Task An_activation_of_ones_own_is_accepted(string property) => Accepts(
        CustomTypes.Activation() + $"[Network(4, 3, 2, {property}Type = typeof(Own<>))] partial class Net;");

    [Fact]
    public Task An_activation_with_options_is_accepted() => Accepts(
        CustomTypes.Activation("public struct Own<T, TOptions>", "where T : unmanaged where TOptions : struct, ILayerOptions")
        + "[Network(4, 3, 2, HiddenType = typeof(Own<,>))] partial class Net;");

    [Fact]
    public Task An_activation_nested_privately_in_the_network_is_accepted() => Accepts(
        "[Network(4, 3, 2, HiddenType = typeof(Own<>))] partial class Net {\n" + CustomTypes.Activation("private struct Own<T>") + "}");

    [Theory]
    [InlineData("float", "Float")]
    [InlineData("double", "Double")]
    public Task A_closed_activation_of_the_right_number_is_accepted(string number, string precision) => Accepts(
        CustomTypes.ClosedActivation(number) + $"[Network(4, 2, OutputType = typeof(Own), Precision = Precision.{precision})] partial class Net;");

    [Fact]
    public Task A_closed_activation_of_the_wrong_number_is_reported() => Unusable(
        CustomTypes.ClosedActivation("float"),
        "Own",
        "it implements neither IActivation<double> nor IRowActivation<double>: implement one of them",
        ", Precision = Precision.Double");

    [Fact]
    public Task An_open_activation_closed_with_the_wrong_number_is_reported() => Unusable(
        CustomTypes.Activation(),
        "Own<double>",
        "it implements neither IActivation<float> nor IRowActivation<float>: implement one of them");

    [Fact]
    public Task A_class_is_reported() => Unusable(
        CustomTypes.Activation("public class Own<T>"),
        "Own<>",
        "it is not a struct: declare it as a struct, not a ref struct");

    [Fact]
    public Task A_ref_struct_is_reported() => Unusable(
        CustomTypes.Activation("public ref struct Own<T>"),
        "Own<>",
        "it is not a struct: declare it as a struct, not a ref struct");

    [Fact]
    public Task A_struct_that_is_no_activation_is_reported() => Unusable(
        "public struct Own<T>;",
        "Own<>",
        "it implements neither IActivation<float> nor IRowActivation<float>: implement one of them");

    [Fact]
    public Task A_struct_that_is_two_activations_is_reported() => Unusable(
        CustomTypes.BothActivations,
        "Own<>",
        "it implements both IActivation<float> and IRowActivation<float>: keep one of them");

    [Fact]
    public Task An_activation_without_a_derivative_is_reported() => Unusable(
        CustomTypes.ActivationWithoutDerivative,
        "Own<>",
        "it implements IActivation<float> but neither IDerivativeFromOutput<float> nor IDerivativeFromInput<float>: implement one of them");

    [Fact]
    public Task A_file_local_activation_is_reported() => Unusable(
        CustomTypes.Activation("file struct Own<T>"),
        "Own<>",
        "'Net' cannot see it from a generated file: make it and the types around it internal or public");

    [Fact]
    public Task An_activation_with_three_type_parameters_is_reported() => Unusable(
        CustomTypes.Activation("public struct Own<T, U, V>"),
        "Own<,,>",
        "it has 3 type parameters: give it one, the number, or two, the number and the ILayerOptions");

    [Fact]
    public Task An_activation_whose_number_is_constrained_to_integers_is_reported() => Unusable(
        CustomTypes.Activation(constraints: "where T : unmanaged, System.Numerics.IBinaryInteger<T>"),
        "Own<>",
        "its type parameter 'T' does not take float: constrain it to unmanaged and to what float implements");

    [Fact]
    public Task An_activation_whose_options_want_more_is_reported() => Unusable(
        CustomTypes.Activation("public struct Own<T, TOptions>", "where T : unmanaged where TOptions : struct, IDisposable"),
        "Own<,>",
        "its type parameter 'TOptions' does not take every ILayerOptions: constrain it to struct and ILayerOptions only");

    [Fact]
    public Task An_activation_nested_in_an_open_generic_type_is_reported() => Reports(
        "public static class Box<U> {\n" + CustomTypes.Activation("public struct Own<T>") + "}\n"
        + "[Network(4, 2, OutputType = {|#0:typeof(Box<>.Own<>)|})] partial class Net;",
        Result(DiagnosticDescriptors.UnusableType, "Own", "activation", "it is nested in a generic type: move it out of that type"));

    [Fact]
    public Task A_built_in_loss_is_reported_as_an_activation() => AttributesReport(
        "[Network(4, 2, OutputType = {|#0:typeof(MeanSquaredError<>)|})]",
        Result(
            DiagnosticDescriptors.UnusableType,
            "MeanSquaredError",
            "activation",
            "it implements neither IActivation<float> nor IRowActivation<float>: implement one of them"));

    [Fact]
    public Task An_unusable_activation_for_many_layers_is_reported_once() => AttributesReport(
        "[Network(4, 3, 3, 3, 2, HiddenType = {|#0:typeof(int)|})]",
        Result(
            DiagnosticDescriptors.UnusableType,
            "Int32",
            "activation",
            "it implements neither IActivation<float> nor IRowActivation<float>: implement one of them"));

    [Fact]
    public Task A_row_activation_of_ones_own_on_a_hidden_layer_is_reported() => Reports(
        CustomTypes.RowActivation + "[Network(4, 3, 2, HiddenType = {|#0:typeof(Own<>)|})] partial class Net;",
        Result(DiagnosticDescriptors.RowActivationHidden, "Own", 1, 2));

    private static Task Unusable(string type, string name, string problem, string more = "") => Reports(
        $"{type}\n[Network(4, 2, OutputType = {{|#0:typeof({name})|}}{more})] partial class Net;",
        Result(DiagnosticDescriptors.UnusableType, "Own", "activation", problem));
}
