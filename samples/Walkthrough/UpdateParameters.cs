using CompiledDnn;

namespace Samples.Walkthrough;

/// <summary>The notebook's section "Update parameters".</summary>
internal static class UpdateParameters
{
    public static void Run(Page page)
    {
        page.Heading("Update parameters");
        page.Equation("W[l] = W[l] - α dW[l],  b[l] = b[l] - α db[l]");
        page.Text("[Network(4, 3, 1)], α = 0.1:");

        // update_parameters_test_case: the weights are draws of seed 2, the gradients of seed 3.
        var random = new NumPyRandom(seed: 2);
        var net = new TwoLayers();
        random.Draw(3, 4).WriteTo(net.W1);
        random.Draw(3, 1).WriteTo(net.B1);
        random.Draw(1, 3).WriteTo(net.W2);
        random.Draw(1, 1).WriteTo(net.B2);

        // A workspace has gradients after Backward only; they are then ours to write.
        TwoLayers.Workspace state = net.CreateWorkspace(batchSize: 1);
        double[] x = new double[TwoLayers.InputSize], y = new double[TwoLayers.TargetSize];
        net.Forward(x, state);
        net.Backward(x, y, state);
        random = new NumPyRandom(seed: 3);
        random.Draw(3, 4).WriteTo(state.DW1);
        random.Draw(3, 1).WriteTo(state.DB1);
        random.Draw(1, 3).WriteTo(state.DW2);
        random.Draw(1, 1).WriteTo(state.DB2);

        net.Update(state, learningRate: 0.1);

        page.Show("W1", net.W1, """
            [[-0.59562069 -0.09991781 -2.14584584  1.82662008]
             [-1.76569676 -0.80627147  0.51115557 -1.18258802]
             [-1.0535704  -0.86128581  0.68284052  2.20374577]]
            """);
        page.Show("b1", net.B1, """
            [[-0.04659241]
             [-1.28888275]
             [ 0.53405496]]
            """);
        page.Show("W2", net.W2, "[[-0.55569196  0.0354055   1.32964895]]");
        page.Show("b2", net.B2, "[[-0.84610769]]");
    }
}
