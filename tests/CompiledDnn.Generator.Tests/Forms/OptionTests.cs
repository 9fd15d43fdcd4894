using CompiledDnn.Generator.Tests.Harness;
using Xunit;
using PlainActivation = CompiledDnn.Tests.Reference.ReferenceActivation<double>;
using PlainLoss = CompiledDnn.Tests.Reference.ReferenceLoss<double>;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>The numbers in the attributes reach the kernels, those of a layer before those of the network.</summary>
public class OptionTests
{
    [Fact]
    public void The_slope_of_the_network_and_of_a_layer() => Agrees(
        "[Network(3, 8, 9, 7, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0.3, Output = Activation.Identity)]\n[Layer(2, NegativeSlope = 0.05)]",
        [3, 8, 9, 7, 2],
        [LeakyReLU(0.3), LeakyReLU(0.05), LeakyReLU(0.3), PlainActivation.Identity],
        PlainLoss.MeanSquaredError);

    [Fact]
    public void The_slope_that_is_not_given() => Agrees(
        "[Network(3, 8, 2, Hidden = Activation.LeakyReLU, Output = Activation.Identity)]",
        [3, 8, 2],
        [LeakyReLU(0.01), PlainActivation.Identity],
        PlainLoss.MeanSquaredError);

    [Fact]
    public void The_scale_of_a_layer_alone() => Agrees(
        "[Network(3, 8, 9, 2, Output = Activation.Identity)]\n[Layer(2, Activation = Activation.ELU, Alpha = 0.7)]",
        [3, 8, 9, 2],
        [PlainActivation.ReLU, ELU(0.7), PlainActivation.Identity],
        PlainLoss.MeanSquaredError);

    [Fact]
    public void The_scale_of_the_network() => Agrees(
        "[Network(3, 8, 2, Hidden = Activation.ELU, Alpha = 1.5, Output = Activation.Identity)]",
        [3, 8, 2],
        [ELU(1.5), PlainActivation.Identity],
        PlainLoss.MeanSquaredError);

    [Theory]
    [InlineData("", 1.0)]
    [InlineData(", HuberDelta = 0.25", 0.25)]
    [InlineData(", HuberDelta = 1e-3", 1e-3)]
    public void The_delta_of_the_loss(string option, double delta) => Agrees(
        $"[Network(3, 8, 2, Hidden = Activation.Tanh, Output = Activation.Identity, Loss = Loss.Huber{option})]",
        [3, 8, 2],
        [PlainActivation.Tanh, PlainActivation.Identity],
        Huber(delta));

    private static void Agrees(string attributes, int[] sizes, PlainActivation[] activations, PlainLoss loss)
    {
        using LoadedProject project = GeneratorRun.Of($"using CompiledDnn;\n{attributes}\npartial class Net;").Load();

        Check.Agrees(project.Create<float>("Net"), sizes, activations, loss);
    }

    private static PlainActivation LeakyReLU(double slope) =>
        PlainActivation.Elementwise("LeakyReLU", z => z > 0 ? z : slope * z, z => z > 0 ? 1 : slope);

    private static PlainActivation ELU(double alpha) =>
        PlainActivation.Elementwise("ELU", z => z > 0 ? z : alpha * (Math.Exp(z) - 1), z => z > 0 ? 1 : alpha * Math.Exp(z));

    private static PlainLoss Huber(double delta) => PlainLoss.Averaged(
        "Huber",
        (a, y) => Math.Abs(a - y) <= delta ? 0.5 * (a - y) * (a - y) : delta * (Math.Abs(a - y) - (0.5 * delta)),
        (a, y) => Math.Clamp(a - y, -delta, delta));
}
