using Xunit;

namespace CompiledDnn.Tests.Reference;

/// <summary>What others are compared with must itself be right: gradients against differences of the cost.</summary>
public class ReferenceNetworkTests
{
    private static readonly double[] s_x = [0.5, -1.2, 0.3, 1.5, 0.2, -0.7, -0.4, 0.9, 1.1, 0.8, -0.6, -1.3];

    private static readonly double[] s_distributions = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.2, 0.3, 0.5];

    public static TheoryData<string> Kinds => ["sigmoid", "softmax", "identity", "softmax without the fused form"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_gradient_is_the_difference_quotient_of_the_cost(string kind)
    {
        ReferenceNetwork<double> net = Create(kind);
        NetworkWorkspace<double> state = net.CreateWorkspace(4);
        net.Forward(s_x, state);
        net.OutputGradient(s_distributions, state);
        net.Backward(s_x, state);
        double[] gradients = state.Gradients.ToArray();

        double largest = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            double expected = Quotient(ref net.Parameters.Span[i], () => Cost(net, s_x));
            largest = Math.Max(largest, Math.Abs(IsPadding(net.Shape, i) ? gradients[i] : expected - gradients[i]));
        }

        Assert.InRange(largest, 0, 1e-8);
        Assert.Contains(gradients, g => Math.Abs(g) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DA0_is_the_difference_quotient_of_the_cost_times_m(string kind)
    {
        ReferenceNetwork<double> net = Create(kind);
        NetworkWorkspace<double> state = net.CreateWorkspace(6, WorkspaceOptions.InputGradient);
        net.Forward(s_x, state);
        net.OutputGradient(s_distributions, state);
        net.Backward(s_x, state);

        double[] x = [.. s_x];
        for (int i = 0; i < x.Length; i++)
        {
            double expected = 4 * Quotient(ref x[i], () => Cost(net, x));
            Assert.Equal(expected, state.DA0View()[i / 3, i % 3], 1e-7);
        }
    }

    [Fact]
    public void Labels_and_rows_with_a_single_one_give_the_same()
    {
        ReferenceNetwork<double> net = Create("softmax");
        NetworkWorkspace<double> state = net.CreateWorkspace(4);
        net.Forward(s_x, state);
        double cost = net.Cost([2, 0, 1, 1], state);
        net.OutputGradient([2, 0, 1, 1], state);
        double[] dz = state.DZBlock(3).ToArray();

        double[] rows = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0];
        net.OutputGradient(rows, state);

        Assert.Equal(net.Cost(rows, state), cost);
        Assert.Equal(dz, state.DZBlock(3).ToArray());
    }

    [Fact]
    public void Predict_gives_the_outputs_of_Forward()
    {
        ReferenceNetwork<double> net = Create("softmax");
        NetworkWorkspace<double> state = net.CreateWorkspace(4);
        net.Forward(s_x, state);

        var outputs = new double[12];
        net.Predict(s_x, outputs);

        Assert.Equal(outputs[3..6], state.Output(1).ToArray());
        Assert.Equal(1, outputs[0] + outputs[1] + outputs[2], 1e-15);
    }

    [Fact]
    public void The_cost_is_finite_for_logits_of_ten_thousand()
    {
        var sigmoid = new ReferenceNetwork<double>(
            [1, 1], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy);
        sigmoid.Parameters.Span[0] = 1;
        NetworkWorkspace<double> state = sigmoid.CreateWorkspace(2);
        sigmoid.Forward([1e4, -1e4], state);

        Assert.Equal(1e4, sigmoid.Cost([0.0, 1.0], state));
    }

    [Fact]
    public void A_workspace_of_another_network_is_refused()
    {
        NetworkWorkspace<double> other = Create("sigmoid").CreateWorkspace(4);

        Assert.Throws<ArgumentException>(() => Create("softmax").Forward(s_x, other));
    }

    private static ReferenceNetwork<double> Create(string kind)
    {
        ReferenceLoss<double> softmax = ReferenceLoss<double>.SoftmaxCrossEntropy;
        (ReferenceActivation<double> output, ReferenceLoss<double> loss) = kind switch
        {
            "sigmoid" => (ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy),
            "softmax" => (ReferenceActivation<double>.Softmax, softmax),
            "identity" => (ReferenceActivation<double>.Identity, ReferenceLoss<double>.MeanSquaredError),
            _ => (ReferenceActivation<double>.Softmax, ReferenceLoss<double>.MeanSquaredError),
        };
        return new ReferenceNetwork<double>([3, 5, 4, 3], ReferenceActivation<double>.Tanh, output, loss, seed: 3);
    }

    private static double Cost(ReferenceNetwork<double> net, double[] x)
    {
        NetworkWorkspace<double> state = net.CreateWorkspace(4);
        net.Forward(x, state);
        return net.Cost(s_distributions, state);
    }

    private static double Quotient(ref double number, Func<double> cost)
    {
        const double Step = 1e-5;
        double before = number;
        number = before + Step;
        double above = cost();
        number = before - Step;
        double below = cost();
        number = before;
        return (above - below) / (2 * Step);
    }

    private static bool IsPadding(NetworkShape shape, int index)
    {
        foreach (LayerInfo layer in shape.Layers)
        {
            int weight = index - layer.WeightOffset;
            int bias = index - layer.BiasOffset;
            if ((weight >= 0 && weight < layer.WeightLength && weight % layer.OutputStride < layer.Inputs)
                || (bias >= 0 && bias < layer.Outputs))
            {
                return false;
            }
        }

        return true;
    }
}
