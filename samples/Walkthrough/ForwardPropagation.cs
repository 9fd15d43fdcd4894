using CompiledDnn;

namespace Samples.Walkthrough;

/// <summary>The notebook's sections "Forward propagation" and "Cost function".</summary>
internal static class ForwardPropagation
{
    public static void Run(Page page)
    {
        OneLayer(page);
        Model(page);
    }

    private static void OneLayer(Page page)
    {
        // linear_activation_forward_test_case
        var random = new NumPyRandom(seed: 2);
        double[,] aPrev = random.Draw(3, 2), w = random.Draw(1, 3), b = random.Draw(1, 1);
        double[] x = aPrev.ToBatch();

        var sigmoid = new SigmoidUnit();
        w.WriteTo(sigmoid.W1);
        b.WriteTo(sigmoid.B1);
        SigmoidUnit.Workspace state = sigmoid.CreateWorkspace(batchSize: 2, WorkspaceOptions.KeepZ);
        sigmoid.Forward(x, state);

        page.Heading("Forward propagation: linear forward");
        page.Equation("Z = W A_prev + b");
        page.Text("[Network(3, 1)], two examples, one in each column:");
        page.Show("Z", state.Z1.ToColumns());

        page.Heading("Forward propagation: activation function");
        page.Equation("sigmoid: A = 1 / (1 + exp(-Z))");
        page.Show("With sigmoid: A", state.A1.ToColumns(), "[[0.96890023 0.11013289]]");

        var relu = new ReLUUnit();
        w.WriteTo(relu.W1);
        b.WriteTo(relu.B1);
        ReLUUnit.Workspace reluState = relu.CreateWorkspace(batchSize: 2);
        relu.Forward(x, reluState);
        page.Equation("ReLU: A = max(0, Z)");
        page.Show("With ReLU: A", reluState.A1.ToColumns(), "[[3.43896131 0.        ]]");
    }

    private static void Model(Page page)
    {
        (TwoLayers net, double[] x) = ModelCase();
        TwoLayers.Workspace state = net.CreateWorkspace(batchSize: 2, WorkspaceOptions.KeepZ);
        net.Forward(x, state);

        page.Heading("Forward propagation: our model");
        page.Equation("Z1 = W1 X + b1,   A1 = max(0, Z1)");
        page.Equation("Z2 = W2 A1 + b2,  A2 = AL = 1 / (1 + exp(-Z2))");
        page.Text("[Network(4, 3, 1)]; the caches are the workspace's Z1, A1, Z2, A2:");
        page.Show("Z1", state.Z1.ToColumns());
        page.Show("A1", state.A1.ToColumns());
        page.Show("Z2", state.Z2.ToColumns());
        page.Show("AL", state.A2.ToColumns(), "[[0.17007265 0.2524272 ]]");
        page.Show("Length of caches list", TwoLayers.LayerCount, notebook: 2);

        page.Heading("Cost function");
        page.Equation("J = -1/m Σ (y log(a) + (1 - y) log(1 - a))");
        page.Text("For the predictions above and Y = [[1 0]]. The class works it out from Z2, which stays finite where log(a) would not:");
        double[] y = [1, 0];
        double[,] a = state.A2.ToColumns();
        double byEquation = -(Math.Log(a[0, 0]) + Math.Log(1 - a[0, 1])) / 2;
        page.Compare("J", net.Cost(y, state), byEquation, "as by the equation");
    }

    /// <summary>L_model_forward_test_case: a network, and the batch X of two examples.</summary>
    public static (TwoLayers Net, double[] X) ModelCase()
    {
        var random = new NumPyRandom(seed: 1);
        double[,] x = random.Draw(4, 2);
        var net = new TwoLayers();
        random.Draw(3, 4).WriteTo(net.W1);
        random.Draw(3, 1).WriteTo(net.B1);
        random.Draw(1, 3).WriteTo(net.W2);
        random.Draw(1, 1).WriteTo(net.B2);
        return (net, x.ToBatch());
    }
}
