using Xunit;

namespace CompiledDnn.Tests.Diagnosis;

/// <summary>Gradients with respect to the inputs are differences of each example's loss, and of one output before its activation.</summary>
public class InputGradientTests
{
    private const int M = 5;
    private const double H = 1e-6;

    [Fact]
    public void They_are_the_differences_of_each_examples_loss()
    {
        var net = new DiagnosedNetworks.ClassifierDouble(seed: 3);
        double[] x = Draw(M * 4);
        double[] y = [.. Draw(M * 3).Select(Math.Abs)];
        int[] labels = [0, 1, 2, 0, 1];

        Check(net.InputGradients(x, y), x, state => Costs(costs => net.ExampleCosts(y, state, costs)), net);
        Check(net.InputGradients(x, labels), x, state => Costs(costs => net.ExampleCosts(labels, state, costs)), net);
    }

    [Fact]
    public void Those_of_an_output_are_the_differences_of_its_logit()
    {
        var net = new DiagnosedNetworks.ClassifierDouble(seed: 3);
        double[] x = Draw(M * 4);

        for (int output = 0; output < 3; output++)
        {
            Check(net.InputGradientsOfOutput(x, output), x, state => [.. Enumerable.Range(0, M).Select(i => state.Z3[i, output])], net);
        }
    }

    [Fact]
    public void An_output_that_is_not_there_is_refused()
    {
        var net = new DiagnosedNetworks.Wide(seed: 1);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => net.InputGradientsOfOutput(new float[1030], 2));
        Assert.Throws<ArgumentException>(() => net.InputGradientsOfOutput(new float[7], 0));

        Assert.Contains("Wide.InputGradientsOfOutput: outputs are 0 to 1, but 2 was asked for", refusal.Message, StringComparison.Ordinal);
    }

    private static void Check(
        double[] gradients, double[] x, Func<DiagnosedNetworks.ClassifierDouble.Workspace, double[]> values, DiagnosedNetworks.ClassifierDouble net)
    {
        DiagnosedNetworks.ClassifierDouble.Workspace state = net.CreateWorkspace(M);
        for (int i = 0; i < x.Length; i++)
        {
            double before = x[i];
            x[i] = before + H;
            net.Forward(x, state);
            double above = values(state)[i / 4];
            x[i] = before - H;
            net.Forward(x, state);
            double below = values(state)[i / 4];
            x[i] = before;
            Assert.Equal((above - below) / (2 * H), gradients[i], 1e-8);
        }
    }

    private static double[] Costs(Action<double[]> fill)
    {
        var costs = new double[M];
        fill(costs);
        return costs;
    }

    private static double[] Draw(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
