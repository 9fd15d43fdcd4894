using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class LayerTests
{
    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("3")]
    public Task A_layer_that_the_network_does_not_have_is_reported_at_its_number(string layer) => AttributesReport(
        $"[Network(4, 3, 2)] [Layer({{|#0:{layer}|}}, Activation = Activation.Tanh)]",
        Result(DiagnosticDescriptors.LayerOutOfRange, 2, int.Parse(layer, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public Task The_first_and_the_last_layer_are_accepted() => AcceptsAttributes(
        "[Network(4, 3, 2)] [Layer(1, Activation = Activation.Tanh)] [Layer(layer: 2, Activation = Activation.Identity)]");

    [Fact]
    public Task A_layer_named_twice_is_reported_at_the_second() => AttributesReport(
        "[Network(4, 3, 2)] [Layer(2, Activation = Activation.Tanh)] [Layer({|#0:2|}, Activation = Activation.Identity)]",
        Result(DiagnosticDescriptors.LayerTwice, 2));

    [Fact]
    public Task A_layer_named_on_two_parts_of_the_class_is_reported() => Reports(
        "[Network(4, 3, 2)] [Layer(1, Activation = Activation.Tanh)] partial class Net; [Layer({|#0:1|})] partial class Net;",
        Result(DiagnosticDescriptors.LayerTwice, 1));

    [Fact]
    public Task Layers_are_not_judged_by_sizes_that_are_missing() => AttributesReport(
        "[Network({|#0:4|})] [Layer(9)]",
        Result(DiagnosticDescriptors.TooFewSizes, "only one is"));

    [Fact]
    public Task Every_layer_on_a_class_without_a_network_is_reported() => AttributesReport(
        "[{|#0:Layer(1)|}, {|#1:Layer(2)|}]",
        Result(DiagnosticDescriptors.LayerWithoutNetwork),
        Result(DiagnosticDescriptors.LayerWithoutNetwork));

    [Fact]
    public Task A_layer_on_another_part_than_the_network_is_accepted() => Accepts(
        "[Network(4, 3, 2)] partial class Net; [Layer(1, Activation = Activation.Tanh)] partial class Net;");
}
