using CompiledDnn;
using CompiledDnn.Kernels;

namespace Samples.Walkthrough;

/// <summary>The notebook's section "L-Model backward prop".</summary>
internal static class ModelBackward
{
    public static void Run(Page page)
    {
        page.Heading("Backpropagation: L-model backward");
        page.Equation("dAL = -(Y / AL - (1 - Y) / (1 - AL))");
        page.Equation("dZ2 = dAL * a (1 - a) with a = sigmoid(Z2),  dW2 = 1/m dZ2 A1^T,  db2 = 1/m Σ dZ2,  W2^T dZ2 goes down");
        page.Equation("dZ1 = (W2^T dZ2) * (Z1 > 0),                 dW1 = 1/m dZ1 X^T,   db1 = 1/m Σ dZ1,  W1^T dZ1 goes down");

        // L_model_backward_test_case. AL, Z1, A1 and Z2 are drawn by themselves, they do not follow from each other: so the steps are
        // taken one by one, as in the notebook, with a network of one layer for each.
        var random = new NumPyRandom(seed: 3);
        var caches = new Caches(
            AL: random.Draw(1, 2),
            X: random.Draw(4, 2),
            W1: random.Draw(3, 4),
            B1: random.Draw(3, 1),
            Z1: random.Draw(3, 2),
            A1: random.Draw(3, 2),
            W2: random.Draw(1, 3),
            B2: random.Draw(1, 1),
            Z2: random.Draw(1, 2));
        Gradients grads = StepByStep(caches, new double[,] { { 1, 0 } });
        page.Show("dW1", grads.DW1, """
            [[0.41010002 0.07807203 0.13798444 0.10502167]
             [0.         0.         0.         0.        ]
             [0.05283652 0.01005865 0.01777766 0.0135308 ]]
            """);
        page.Show("db1", grads.DB1, """
            [[-0.22007063]
             [ 0.        ]
             [-0.02835349]]
            """);
        page.Text("The notebook's dA1 is what layer 1 passes down, the gradient with respect to A0 = X: the workspace's DA0.");
        page.Show("dA1", grads.DA0, """
            [[ 0.          0.52257901]
             [ 0.         -0.3269206 ]
             [ 0.         -0.32070404]
             [ 0.         -0.74079187]]
            """);

        OneCall(page);
    }

    // With caches of its own forward pass, a network takes all these steps in one call.
    private static void OneCall(Page page)
    {
        (TwoLayers net, double[] x) = ForwardPropagation.ModelCase();
        TwoLayers.Workspace state = net.CreateWorkspace(batchSize: 2, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        double[] y = [1, 0];
        net.Forward(x, state);
        net.Backward(x, y, state);

        var caches = new Caches(
            state.A2.ToColumns(),
            new NumPyRandom(seed: 1).Draw(4, 2),
            net.W1.ToMatrix(),
            net.B1.ToMatrix(),
            state.Z1.ToColumns(),
            state.A1.ToColumns(),
            net.W2.ToMatrix(),
            net.B2.ToMatrix(),
            state.Z2.ToColumns());
        Gradients grads = StepByStep(caches, new double[,] { { 1, 0 } });
        page.Text("All in one call, net.Backward(x, y, state), for [Network(4, 3, 1)] and the batch of 'our model':");
        page.Compare("dW1", state.DW1.ToMatrix(), grads.DW1, "as step by step");
        page.Compare("db1", state.DB1.ToMatrix(), grads.DB1, "as step by step");
        page.Compare("dW2", state.DW2.ToMatrix(), grads.DW2, "as step by step");
        page.Compare("db2", state.DB2.ToMatrix(), grads.DB2, "as step by step");
        page.Compare("dA1", state.DA0.ToColumns(), grads.DA0, "as step by step");
    }

    /// <summary>The notebook's L_model_backward with L = 2.</summary>
    private static Gradients StepByStep(Caches caches, double[,] y)
    {
        double[,] dAL = caches.AL.Map(y, BinaryCrossEntropy<double>.Derivative<ScalarOps<double>, double>);
        double[,] dZ2 = LayerBackward.ActivationBackward<Sigmoid<double>>(dAL, caches.Z2);
        (double[,] dA1, double[,] dW2, double[,] db2) = LayerBackward.Backward(new SigmoidUnit(), dZ2, caches.A1, caches.W2, caches.B2);
        double[,] dZ1 = LayerBackward.ActivationBackward<ReLU<double>>(dA1, caches.Z1);
        (double[,] dA0, double[,] dW1, double[,] db1) = LayerBackward.Backward(new ReLULayer(), dZ1, caches.X, caches.W1, caches.B1);
        return new Gradients(dA0, dW1, db1, dW2, db2);
    }

    private sealed record Caches(
        double[,] AL, double[,] X, double[,] W1, double[,] B1, double[,] Z1, double[,] A1, double[,] W2, double[,] B2, double[,] Z2);

    private sealed record Gradients(double[,] DA0, double[,] DW1, double[,] DB1, double[,] DW2, double[,] DB2);
}
