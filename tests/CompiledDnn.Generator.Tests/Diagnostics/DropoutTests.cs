using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class DropoutTests
{
    [Theory]
    [InlineData("[Network(4, 3, 2, Dropout = 0.5)]")]
    [InlineData("[Network(4, 3, 2, Dropout = 0)]")]
    [InlineData("[Network(4, 3, 2)] [Layer(1, Dropout = 0.999)]")]
    [InlineData("[Network(4, 3, 3, 2, Dropout = 0.5)] [Layer(1, Dropout = 0)]")]
    [InlineData("[Network(4, 3, 2, Dropout = 0.5)] [Layer(2, Dropout = 0)]")]
    public Task Dropout_of_hidden_layers_is_accepted(string attributes) => AcceptsAttributes(attributes);

    [Theory]
    [InlineData("-0.1", "-0.1")]
    [InlineData("1", "1")]
    [InlineData("20", "20")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("double.PositiveInfinity", "Infinity")]
    public async Task A_rate_out_of_range_is_reported(string given, string value)
    {
        var expected = Result(DiagnosticDescriptors.OptionOutOfRange, "Dropout", "at least 0 and less than 1", value);
        await AttributesReport($"[Network(4, 3, 2, Dropout = {{|#0:{given}|}})]", expected);
        await AttributesReport($"[Network(4, 3, 2)] [Layer(1, Dropout = {{|#0:{given}|}})]", expected);
    }

    [Fact]
    public Task Dropout_of_the_last_layer_is_reported() => AttributesReport(
        "[Network(4, 3, 2)] [Layer(2, Activation = Activation.Tanh, Dropout = {|#0:0.1|})]",
        Result(DiagnosticDescriptors.DropoutOfLastLayer, 2));

    [Theory]
    [InlineData("[Network(4, 3, Dropout = {|#0:0.5|})]")]
    [InlineData("[Network(4, 3, 2, Dropout = {|#0:0.5|})] [Layer(1, Dropout = 0)]")]
    public Task Dropout_that_no_hidden_layer_takes_is_a_warning(string attributes) => AttributesReport(
        attributes,
        Result(DiagnosticDescriptors.OptionUnused, "Dropout", "no hidden layer takes it from the network", "place"));
}
