using CompiledDnn;
using CompiledDnn.Kernels;

namespace Samples.Walkthrough;

/// <summary>The notebook's sections "Linear backward" and "Linear-Activation backward".</summary>
internal static class LayerBackward
{
    public static void Run(Page page)
    {
        Linear(page);
        LinearActivation(page);
    }

    private static void Linear(Page page)
    {
        // linear_backward_test_case
        var random = new NumPyRandom(seed: 1);
        double[,] dZ = random.Draw(1, 2), aPrev = random.Draw(3, 2), w = random.Draw(1, 3), b = random.Draw(1, 1);

        page.Heading("Backpropagation: linear backward");
        page.Equation("dW = 1/m dZ A_prev^T,  db = 1/m Σ dZ,  dA_prev = W^T dZ");
        page.Text("The notebook's dA_prev is the workspace's DA0, the gradient with respect to what the layer reads:");
        (double[,] dAPrev, double[,] dW, double[,] db) = Backward(new SigmoidUnit(), dZ, aPrev, w, b);
        page.Show("dA_prev", dAPrev, """
            [[ 0.51822968 -0.19517421]
             [-0.40506361  0.15255393]
             [ 2.37496825 -0.89445391]]
            """);
        page.Show("dW", dW, "[[-0.10076895  1.40685096  1.64992505]]");
        page.Show("db", db, "[[0.50629448]]");
    }

    private static void LinearActivation(Page page)
    {
        // linear_activation_backward_test_case. Z is drawn by itself: it is not W A_prev + b, so dZ is worked out from it here.
        var random = new NumPyRandom(seed: 2);
        double[,] dA = random.Draw(1, 2), aPrev = random.Draw(3, 2), w = random.Draw(1, 3), b = random.Draw(1, 1), z = random.Draw(1, 2);

        page.Heading("Backpropagation: linear-activation backward");
        page.Equation("dZ = dA * g'(Z)");
        page.Equation("sigmoid: g'(Z) = a (1 - a)");
        (double[,] dAPrev, double[,] dW, double[,] db) = Backward(new SigmoidUnit(), ActivationBackward<Sigmoid<double>>(dA, z), aPrev, w, b);
        page.Show("dA_prev", dAPrev, """
            [[ 0.11017994  0.01105339]
             [ 0.09466817  0.00949723]
             [-0.05743092 -0.00576154]]
            """);
        page.Show("dW", dW, "[[ 0.10266786  0.09778551 -0.01968084]]");
        page.Show("db", db, "[[-0.05729622]]");

        page.Equation("relu: g'(Z) = 1 where Z > 0, otherwise 0");
        (dAPrev, dW, db) = Backward(new ReLUUnit(), ActivationBackward<ReLU<double>>(dA, z), aPrev, w, b);
        page.Show("dA_prev", dAPrev, """
            [[ 0.44090989 -0.        ]
             [ 0.37883606 -0.        ]
             [-0.2298228   0.        ]]
            """);
        page.Text("(NumPy prints -0 for a negative weight times zero; a sum that begins at zero is 0. They are the same number.)");
        page.Show("dW", dW, "[[ 0.44513824  0.37371418 -0.10478989]]");
        page.Show("db", db, "[[-0.20837892]]");
    }

    /// <summary>
    /// The notebook's sigmoid_backward and relu_backward: dZ = dA * g'(Z). An activation is a struct with static methods for any
    /// vector; <see cref="ScalarOps{T}"/> makes them methods for a single number.
    /// </summary>
    public static double[,] ActivationBackward<TActivation>(double[,] dA, double[,] z)
        where TActivation : IActivation<double>, IDerivativeFromOutput<double> =>
        dA.Map(z, (dAValue, zValue) =>
        {
            double a = TActivation.Apply<ScalarOps<double>, double>(zValue);
            return dAValue * TActivation.DerivativeFromOutput<ScalarOps<double>, double>(a);
        });

    /// <summary>The notebook's linear_backward, by a network of one layer: Backward goes on from whatever DZ1 holds.</summary>
    public static (double[,] DAPrev, double[,] DW, double[,] DB) Backward(
        INetwork<double> layer, double[,] dZ, double[,] aPrev, double[,] w, double[,] b)
    {
        w.WriteTo(layer.Parameters.WeightView(1));
        b.WriteTo(layer.Parameters.BiasView(1));
        double[] x = aPrev.ToBatch();
        NetworkWorkspace<double> state = layer.CreateWorkspace(batchSize: aPrev.GetLength(1), WorkspaceOptions.InputGradient);

        // A workspace has a backward pass after a forward pass only; DZ1 is then ours to write.
        layer.Forward(x, state);
        dZ.Transposed().WriteTo(state.DZView(1));
        layer.Backward(x, state);
        return (state.DA0View().ToColumns(), state.DWView(1).ToMatrix(), state.DBView(1).ToMatrix());
    }
}
