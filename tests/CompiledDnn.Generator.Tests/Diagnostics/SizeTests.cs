using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class SizeTests
{
    [Theory]
    [InlineData("[{|#0:Network|}]", "none is")]
    [InlineData("[{|#0:Network()|}]", "none is")]
    [InlineData("[{|#0:Network(Hidden = Activation.Tanh)|}]", "none is")]
    [InlineData("[Network({|#0:7|})]", "only one is")]
    [InlineData("[Network({|#0:7|}, Hidden = Activation.Tanh)]", "only one is")]
    [InlineData("[Network({|#0:new int[0]|})]", "none is")]
    [InlineData("[Network({|#0:new[] { 7 }|})]", "only one is")]
    [InlineData("[Network(sizes: {|#0:7|})]", "only one is")]
    [InlineData("[Network({|#0:null|})]", "null is")]
    public Task Fewer_than_two_sizes_are_reported(string attribute, string given) =>
        AttributesReport(attribute, Result(DiagnosticDescriptors.TooFewSizes, given));

    [Theory]
    [InlineData("[Network(1, 1)]")]
    [InlineData("[Network(new[] { 2, 3, 1 })]")]
    [InlineData("[Network(sizes: new int[] { 2, 3, 1 }, Precision = Precision.Double)]")]
    public Task Two_or_more_sizes_are_accepted(string attribute) => AcceptsAttributes(attribute);

    [Fact]
    public Task Every_size_below_one_is_reported_at_its_place() => AttributesReport(
        "[Network({|#0:0|}, 3, {|#1:-1|}, {|#2:int.MinValue|})]",
        Result(DiagnosticDescriptors.SizeNotPositive, "inputs", 0),
        Result(DiagnosticDescriptors.SizeNotPositive, "outputs of layer 2", -1),
        Result(DiagnosticDescriptors.SizeNotPositive, "outputs of layer 3", int.MinValue));

    [Fact]
    public Task A_size_below_one_in_an_array_is_reported_at_its_place() => AttributesReport(
        "[Network(new[] { 2, {|#0:0|}, 1 })]",
        Result(DiagnosticDescriptors.SizeNotPositive, "outputs of layer 1", 0));

    [Fact]
    public Task A_single_size_below_one_is_reported_as_both() => AttributesReport(
        "[Network({|#0:{|#1:0|}|})]",
        Result(DiagnosticDescriptors.TooFewSizes, "only one is"),
        Result(DiagnosticDescriptors.SizeNotPositive, "inputs", 0));

    [Fact]
    public Task More_parameters_than_an_array_holds_are_reported() => AttributesReport(
        "[Network({|#0:50_000, 50_000, 1|})]",
        Result(DiagnosticDescriptors.TooLarge, "2147483591", "parameters with padding", 1, "2500850000"));

    [Fact]
    public Task A_network_of_huge_sizes_does_not_overflow_the_check() => AttributesReport(
        "[Network({|#0:int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue|})]",
        Result(DiagnosticDescriptors.TooLarge, "2147483591", "parameters with padding", 1, "4611686052787126256"));

    [Fact]
    public Task Many_layers_that_are_too_large_together_are_reported_at_the_first_that_is_too_much() => AttributesReport(
        "[Network({|#0:30_000, 30_000, 30_000, 30_000, 30_000|})]",
        Result(DiagnosticDescriptors.TooLarge, "2147483591", "parameters with padding", 3, "2701530000"));

    [Fact]
    public Task Padding_counts() => AttributesReport(
        "[Network({|#0:1, 70_000_000|})]",
        Result(DiagnosticDescriptors.TooLarge, "2147483591", "parameters with padding", 1, "2310000000"));

    [Fact]
    public Task A_row_longer_than_an_array_of_bytes_is_reported() => AttributesReport(
        "[Network({|#0:1, 100_000_000|}, Precision = Precision.Double)]",
        Result(DiagnosticDescriptors.TooLarge, "2147483591", "bytes of memory for one example", 1, "2400000128"));

    [Theory]
    [InlineData("[Network(40_000, 40_000, 1)]")]
    [InlineData("[Network(12288, 20, 7, 5, 1, Precision = Precision.Double)]")]
    public Task A_large_network_that_fits_is_accepted(string attribute) => AcceptsAttributes(attribute);
}
