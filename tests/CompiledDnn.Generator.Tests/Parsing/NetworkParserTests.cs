using CompiledDnn.Generator.Model;
using Xunit;
using static CompiledDnn.Generator.Tests.Parsing.Parse;

namespace CompiledDnn.Generator.Tests.Parsing;

public class NetworkParserTests
{
    [Fact]
    public void Sizes_alone_mean_the_notebooks_network()
    {
        NetworkSpec spec = Spec("[Network(4, 3, 2)] public sealed partial class Net;");

        Assert.Null(spec.Failure);
        Assert.False(spec.IsDouble);
        Assert.Equal([4, 3, 2], spec.Sizes);
        Assert.Equal(
            [
                new(4, 3, new("ReLU", new("global::CompiledDnn.ReLU", 1), false, true, "He", "Relu(z)", null, null), 0),
                new(3, 2, new("Sigmoid", new("global::CompiledDnn.Sigmoid", 1), false, true, "Glorot", "Sigmoid(z)", null, null), 0),
            ],
            spec.Layers);
        Assert.Equal(
            new LossSpec(
                "BinaryCrossEntropy",
                new("global::CompiledDnn.BinaryCrossEntropy", 1),
                IsRow: false,
                IsFused: true,
                TakesLabels: false,
                OutputsPerTarget: 1,
                "BinaryClassification",
                null),
            spec.Loss);
    }

    [Fact]
    public void Dropout_is_read_for_each_hidden_layer()
    {
        NetworkSpec spec = Spec("[Network(4, 3, 3, 3, 2, Dropout = 0.5)] [Layer(2, Dropout = 0.25)] [Layer(3, Dropout = 0)] public partial class Net;");

        Assert.Equal([0.5, 0.25, 0, 0], spec.Layers.Select(layer => layer.Dropout));
    }

    [Fact]
    public void Softmax_brings_a_fused_loss_that_takes_labels()
    {
        NetworkSpec spec = Spec("[Network(4, 3, Output = Activation.Softmax, Precision = Precision.Double)] partial class Net;");

        Assert.True(spec.IsDouble);
        Assert.True(spec.Layers[0].Activation is { Name: "Softmax", IsRow: true, DerivativeFromOutput: true });
        Assert.True(spec.Loss is { Name: "CategoricalCrossEntropy", IsRow: true, IsFused: true, TakesLabels: true, Task: "Classification" });
    }

    [Theory]
    [InlineData("Output = Activation.Identity", "MeanSquaredError", "Regression")]
    [InlineData("Output = Activation.Tanh", "MeanSquaredError", "Regression")]
    [InlineData("Loss = Loss.MeanSquaredError", "MeanSquaredError", "Regression")]
    [InlineData("Output = Activation.Softmax, Loss = Loss.BinaryCrossEntropy", "BinaryCrossEntropy", "BinaryClassification")]
    public void A_pair_without_a_fused_form_goes_through_the_derivatives(string options, string loss, string task)
    {
        NetworkSpec spec = Spec($"[Network(4, 3, {options})] partial class Net;");

        Assert.Equal((loss, false, false, task), (spec.Loss?.Name, spec.Loss?.IsFused, spec.Loss?.TakesLabels, spec.Loss?.Task));
    }

    [Fact]
    public void A_layers_own_attribute_goes_before_the_networks()
    {
        NetworkSpec spec = Spec("""
            [Network(4, 3, 3, 3, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0.1)]
            [Layer(2, NegativeSlope = 0.2)]
            [Layer(3, Activation = Activation.SiLU)]
            [Layer(4, Activation = Activation.ELU, Alpha = 3)]
            partial class Net;
            """);

        Assert.Equal(
            [("LeakyReLU", 0.1, null), ("LeakyReLU", 0.2, null), ("SiLU", null, null), ("ELU", 0.1, 3.0)],
            spec.Layers.Select(layer => (layer.Activation.Name, layer.Activation.NegativeSlope, layer.Activation.Alpha)));
        Assert.False(spec.Layers[2].Activation.DerivativeFromOutput);
        Assert.Equal("MeanSquaredError", spec.Loss?.Name);
    }

    [Fact]
    public void The_delta_of_a_huber_loss_is_kept()
    {
        NetworkSpec spec = Spec("[Network(4, 2, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 2.5)] partial class Net;");

        Assert.Equal(2.5, spec.Loss?.HuberDelta);
        Assert.Equal(new("global::CompiledDnn.Huber", 2), spec.Loss?.Type);
    }

    [Fact]
    public void A_warning_is_no_failure() => Assert.Null(Spec("[Network(4, 2, HuberDelta = 2.5)] partial class Net;").Failure);

    [Fact]
    public void A_network_with_wrong_values_says_the_first_thing_that_is_wrong()
    {
        NetworkSpec spec = Spec("[Network(4, 0, 2, Hidden = Activation.Softmax)] public sealed partial class Net;");

        Assert.Equal(
            "CDNN0011: 'Net': every size must be at least 1, but the number of outputs of layer 1 is 0: give a positive number",
            spec.Failure);
        Assert.Equal([4, 0, 2], spec.Sizes);
        Assert.Empty(spec.Layers);
        Assert.Null(spec.Loss);
        Assert.True(spec.Type.IsPublic);
    }

    [Fact]
    public void A_class_that_cannot_be_extended_is_refused_with_the_reason_and_the_place()
    {
        var result = Result("[Network(4, 2)] static partial class Net;");

        Assert.Null(result.Spec);
        Assert.Equal("Net", result.Refusal?.DisplayName);
        Assert.Equal("CDNN0002: 'Net' is static, but a network is an object that holds weights: remove 'static'", result.Refusal?.Reason);
        Assert.Equal((1, 37), (result.Refusal?.Location?.Lines.Start.Line, result.Refusal?.Location?.Lines.Start.Character));
    }

    [Fact]
    public void A_place_becomes_the_same_place_again()
    {
        LocationInfo place = Result("[Network(4, 2)] class Net;").Refusal!.Location!;

        Assert.Equal(place.Lines, place.ToLocation().GetLineSpan().Span);
        Assert.Equal(place.Span, place.ToLocation().SourceSpan);
        Assert.Equal("Test.cs", place.ToLocation().GetLineSpan().Path);
    }

    [Theory]
    [InlineData("[Network(4, 3, 2)] partial class Net { int x; }")]
    [InlineData("// a comment\n\n[Network(4, 3, 2)] partial class Net;")]
    [InlineData("[CompiledDnn.Network(sizes: new[] { 2 + 2, 3, 2 }, Output = Activation.Sigmoid)] partial class Net;")]
    [InlineData("partial class Net; [Network(4, 3, 2, Precision = Precision.Float)] partial class Net;")]
    public void Sources_that_ask_for_the_same_give_equal_specs(string source)
    {
        NetworkSpec first = Spec("[Network(4, 3, 2)] partial class Net;");

        Assert.Equal(first, Spec(source));
        Assert.Equal(first.GetHashCode(), Spec(source).GetHashCode());
    }

    [Theory]
    [InlineData("[Network(4, 3, 1)] partial class Net;")]
    [InlineData("[Network(4, 3, 2)] public partial class Net;")]
    [InlineData("[Network(4, 3, 2)] sealed partial class Net;")]
    [InlineData("[Network(4, 3, 2, Precision = Precision.Double)] partial class Net;")]
    [InlineData("[Network(4, 3, 2, Loss = Loss.MeanSquaredError)] partial class Net;")]
    [InlineData("[Network(4, 3, 2)] [Layer(1, Activation = Activation.Tanh)] partial class Net;")]
    public void Sources_that_ask_for_something_else_give_another_spec(string source) =>
        Assert.NotEqual(Spec("[Network(4, 3, 2)] partial class Net;"), Spec(source));
}
