using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Parsing;
using CompiledDnn.Generator.Tests.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Parsing.Parse;

namespace CompiledDnn.Generator.Tests.Parsing;

public class TraitParsingTests
{
    [Fact]
    public void The_attributes_defaults_are_those_that_the_parser_assumes()
    {
        var network = new NetworkAttribute(1, 1);
        Assert.Equal(AttributeDefaults.Hidden, network.Hidden.ToString());
        Assert.Equal(AttributeDefaults.Output, network.Output.ToString());
        Assert.Equal(Loss.FromOutput, network.Loss);
        Assert.Equal(Precision.Float, network.Precision);
        Assert.Equal(AttributeDefaults.DefaultLoss, new ActivationTraitsAttribute().DefaultLoss.ToString());
        Assert.Equal(AttributeDefaults.Initializer, new ActivationTraitsAttribute().Initializer.ToString());
        Assert.Equal(AttributeDefaults.OutputsPerTarget, new LossTraitsAttribute().OutputsPerTarget);
    }

    [Fact]
    public void The_ranges_are_those_that_the_parser_assumes()
    {
        Assert.Equal(OutputRanges.Any, (int)OutputRange.Any);
        Assert.Equal(OutputRanges.Probability, (int)OutputRange.Probability);
        Assert.Equal(OutputRanges.Distribution, (int)OutputRange.Distribution);
        Assert.All(Enum.GetValues<OutputRange>(), range => Assert.True(Enum.IsDefined(typeof(NetworkTask), OutputRanges.Task((int)range))));
    }

    [Fact]
    public void Every_member_of_an_enum_but_the_default_loss_names_its_type()
    {
        static bool HasType(System.Reflection.FieldInfo field) => field.IsDefined(typeof(ImplementationAttribute), false);

        Assert.All(Enum.GetNames<Activation>(), name => Assert.True(HasType(typeof(Activation).GetField(name)!), name));
        Assert.Equal([nameof(Loss.FromOutput)], Enum.GetNames<Loss>().Where(name => !HasType(typeof(Loss).GetField(name)!)));
    }

    [Fact]
    public void An_activation_without_traits_has_the_default_ones()
    {
        NetworkSpec spec = Spec(CustomTypes.ActivationFromInput + "[Network(4, 2, OutputType = typeof(Own<>))] partial class Net;");

        Assert.True(spec.Layers[0].Activation is { IsRow: false, DerivativeFromOutput: false, Initializer: "Glorot", Onnx: null });
        Assert.Equal("MeanSquaredError", spec.Loss?.Name);
    }

    [Fact]
    public void An_activation_with_both_derivatives_takes_that_from_the_output() => Assert.True(
        Spec(CustomTypes.ActivationFromBoth + "[Network(4, 2, OutputType = typeof(Own<>))] partial class Net;").Layers[0].Activation.DerivativeFromOutput);

    [Fact]
    public void The_traits_of_an_activation_are_read_from_its_attribute()
    {
        NetworkSpec spec = Spec(
            "[ActivationTraits(Range = OutputRange.Distribution, DefaultLoss = Loss.CategoricalCrossEntropy, Initializer = DefaultInitializer.LeCun, Onnx = \"Hardmax(z)\")]\n"
            + CustomTypes.RowActivation + "[Network(4, 2, OutputType = typeof(Own<>))] partial class Net;");

        Assert.True(spec.Layers[0].Activation is { IsRow: true, Initializer: "LeCun", Onnx: "Hardmax(z)" });
        Assert.True(spec.Loss is { Name: "CategoricalCrossEntropy", IsFused: false, TakesLabels: false });
    }

    [Fact]
    public void The_traits_of_a_loss_are_read_from_its_attribute()
    {
        NetworkSpec spec = Spec(
            "[LossTraits(Requires = OutputRange.Probability, OutputsPerTarget = 2)]\n"
            + CustomTypes.RowLoss + "[Network(4, 6, LossType = typeof(OwnLoss<>))] partial class Net;");

        Assert.True(spec.Loss is { Name: "OwnLoss", IsRow: true, OutputsPerTarget: 2, Task: "BinaryClassification" });
    }

    [Theory]
    [InlineData("Tanh<T>", "Tanh", true)]
    [InlineData("Tanh<T>", "Sigmoid", false)]
    [InlineData("Tanh<double>", "Tanh", false)]
    [InlineData("LeakyReLU<T, SomeOptions>", "LeakyReLU", true)]
    [InlineData("LeakyReLU<double, SomeOptions>", "LeakyReLU", false)]
    [InlineData("LeakyReLU<T, SomeOptions>", "ELU", false)]
    public void A_loss_is_fused_with_the_activation_that_it_has_a_form_for(string form, string output, bool isFused)
    {
        NetworkSpec spec = Spec(
            "public struct SomeOptions : ILayerOptions;\n" + CustomTypes.FusedLoss(form)
            + $"[Network(4, 2, Output = Activation.{output}, LossType = typeof(OwnLoss<>))] partial class Net;");

        Assert.Equal(isFused, spec.Loss?.IsFused);
    }

    [Fact]
    public void A_loss_is_fused_with_an_activation_that_is_not_generic()
    {
        NetworkSpec spec = Spec(
            CustomTypes.ClosedActivation("float") + CustomTypes.FusedLoss("Own")
            + "[Network(4, 2, OutputType = typeof(Own), LossType = typeof(OwnLoss<>))] partial class Net;");

        Assert.True(spec.Loss?.IsFused);
    }
}
