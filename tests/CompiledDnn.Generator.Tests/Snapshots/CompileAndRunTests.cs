using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The networks whose emitted files are kept, compiled without a warning, loaded, and run against the plain network.</summary>
public class CompileAndRunTests
{
    private static readonly ReferenceActivation<double> s_siLU = ReferenceActivation<double>.Elementwise(
        "SiLU", z => z * Sigmoid(z), z => Sigmoid(z) * (1 + (z * (1 - Sigmoid(z)))));

    private static readonly ReferenceActivation<double> s_leakyReLU = ReferenceActivation<double>.Elementwise(
        "LeakyReLU", z => z > 0 ? z : 0.2 * z, z => z > 0 ? 1 : 0.2);

    private static readonly ReferenceLoss<double> s_huber = ReferenceLoss<double>.Averaged(
        "Huber",
        (a, y) => Math.Abs(a - y) <= 0.5 ? 0.5 * (a - y) * (a - y) : 0.5 * (Math.Abs(a - y) - 0.25),
        (a, y) => Math.Clamp(a - y, -0.5, 0.5));

    [Fact]
    public void The_notebooks_network()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Notebook).Load();

        Agreement.Check(project.Create<float>("Samples.CatClassifier"), new(
            [12288, 20, 7, 5, 1], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy));
    }

    [Fact]
    public void A_softmax_classifier()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Softmax).Load();

        Agreement.Check(project.Create<float>("Samples.DigitClassifier"), new(
            [64, 128, 64, 10], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Softmax, ReferenceLoss<double>.SoftmaxCrossEntropy));
    }

    [Fact]
    public void A_regression_in_double_precision()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Regression).Load();

        Agreement.Check(project.Create<double>("Samples.Surrogate"), new(
            [4, 32, 16, 4],
            [ReferenceActivation<double>.Tanh, s_siLU, ReferenceActivation<double>.Identity],
            ReferenceLoss<double>.MeanSquaredError));
    }

    [Fact]
    public void An_activation_of_ones_own()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.CustomActivation).Load();

        Agreement.Check(project.Create<float>("Samples.Custom"), new(
            [30, 16, 1], s_siLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy));
    }

    [Fact]
    public void A_nested_class()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Nested).Load();

        Agreement.Check(project.Create<float>("Samples.Plant.Controller+Stage+Model"), new(
            [3, 8, 2], s_leakyReLU, ReferenceActivation<double>.Identity, s_huber));
    }

    [Fact]
    public void A_namespace_that_holds_the_names_the_code_uses()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Crowded).Load();

        Agreement.Check(project.Create<float>("Crowded.Net"), new(
            [5, 4, 3], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy));
    }

    [Fact]
    public void Wrong_values_compile_and_throw_what_is_wrong()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Wrong).Load();

        var thrown = Assert.Throws<InvalidOperationException>(() => project.Create<float>("Samples.Unfinished"));
        Assert.StartsWith("CDNN0011: 'Unfinished':", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(thrown.Message, project.Constant("Samples.Unfinished", "Summary"));
    }

    [Fact]
    public void Another_activation_of_one_layer_is_noticed()
    {
        using LoadedProject project = GeneratorRun.Of(Networks.Regression).Load();

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agreement.Check(project.Create<double>("Samples.Surrogate"), new(
            [4, 32, 16, 4],
            ReferenceActivation<double>.Tanh,
            ReferenceActivation<double>.Identity,
            ReferenceLoss<double>.MeanSquaredError)));
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
