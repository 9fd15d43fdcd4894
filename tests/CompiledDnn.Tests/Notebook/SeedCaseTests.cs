using Xunit;
using static CompiledDnn.Tests.Notebook.NotebookNetworks;

namespace CompiledDnn.Tests.Notebook;

/// <summary>The notebook's test cases that form a network, through the steps of the generated classes.</summary>
public class SeedCaseTests
{
    [Fact]
    public void Every_case_has_its_test() =>
        Assert.Equal(
            [
                "initialize_parameters_deep", "linear_activation_forward", "L_model_forward", "linear_backward", "linear_activation_backward",
                "L_model_backward", "update_parameters", "linear_forward", "compute_cost", "L_model_forward_3_layers",
            ],
            SeedCase.Names);

    [Fact]
    public void Initialize_parameters_deep()
    {
        SeedCase golden = SeedCase.Read("initialize_parameters_deep");
        var random = new NumPyRandom(1);
        for (int draw = 0; draw < 70; draw++)
        {
            random.NextGaussian();
        }

        var net = new ThreeLayers(initializer: Initializer.NumPy(random, golden.Argument("scale")));

        golden.Compare("W1", GoldenMatrix.OfWeights(net.W1));
        golden.Compare("b1", GoldenMatrix.OfBiases(net.B1));
        golden.Compare("W2", GoldenMatrix.OfWeights(net.W2));
        golden.Compare("b2", GoldenMatrix.OfBiases(net.B2));
        golden.Compare("W3", GoldenMatrix.OfWeights(net.W3));
        golden.Compare("b3", GoldenMatrix.OfBiases(net.B3));
        golden.AssertComplete();
    }

    [Fact]
    public void Linear_forward()
    {
        SeedCase golden = SeedCase.Read("linear_forward");
        var net = new OneSigmoid();
        golden.SetParameters(net.Parameters);
        OneSigmoid.Workspace state = net.CreateWorkspace(2, WorkspaceOptions.KeepZ);

        net.Forward(golden.Input("A_prev").Batch, state);

        golden.Compare("Z", GoldenMatrix.OfBatch(state.Z1));
        golden.AssertComplete();
    }

    [Fact]
    public void Linear_activation_forward()
    {
        SeedCase golden = SeedCase.Read("linear_activation_forward");
        double[] x = golden.Input("A_prev").Batch;
        var sigmoid = new OneSigmoid();
        golden.SetParameters(sigmoid.Parameters);
        OneSigmoid.Workspace sigmoidState = sigmoid.CreateWorkspace(2, WorkspaceOptions.KeepZ);
        var relu = new OneReLU();
        golden.SetParameters(relu.Parameters);
        OneReLU.Workspace reluState = relu.CreateWorkspace(2);

        sigmoid.Forward(x, sigmoidState);
        relu.Forward(x, reluState);

        golden.Compare("Z", GoldenMatrix.OfBatch(sigmoidState.Z1));
        golden.Compare("A_sigmoid", GoldenMatrix.OfBatch(sigmoidState.A1));
        golden.Compare("A_relu", GoldenMatrix.OfBatch(reluState.A1));
        golden.AssertComplete();
    }

    [Fact]
    public void L_model_forward()
    {
        SeedCase golden = SeedCase.Read("L_model_forward");
        var net = new TwoLayers();
        golden.SetParameters(net.Parameters);
        TwoLayers.Workspace state = net.CreateWorkspace(2, WorkspaceOptions.KeepZ);

        net.Forward(golden.Input("X").Batch, state);

        Assert.Equal(2, TwoLayers.LayerCount);
        golden.Compare("Z1", GoldenMatrix.OfBatch(state.Z1));
        golden.Compare("A1", GoldenMatrix.OfBatch(state.A1));
        golden.Compare("Z2", GoldenMatrix.OfBatch(state.Z2));
        golden.Compare("AL", GoldenMatrix.OfBatch(state.A2));
        golden.AssertComplete();
    }

    [Fact]
    public void L_model_forward_3_layers()
    {
        SeedCase golden = SeedCase.Read("L_model_forward_3_layers");
        var net = new ThreeLayersOneOutput();
        golden.SetParameters(net.Parameters);
        ThreeLayersOneOutput.Workspace state = net.CreateWorkspace(4);

        net.Forward(golden.Input("X").Batch, state);

        golden.Compare("AL", GoldenMatrix.OfBatch(state.A3));
        golden.AssertComplete();
    }

    [Fact]
    public void Linear_backward_goes_on_from_the_DZ_that_the_workspace_holds()
    {
        SeedCase golden = SeedCase.Read("linear_backward");
        var net = new OneSigmoid();
        golden.SetParameters(net.Parameters);
        OneSigmoid.Workspace state = net.CreateWorkspace(2, WorkspaceOptions.InputGradient);
        double[] x = golden.Input("A_prev").Batch;
        double[] dz = golden.Input("dZ").Batch;

        net.Forward(x, state);
        for (int example = 0; example < dz.Length; example++)
        {
            state.DZ1[example, 0] = dz[example];
        }

        net.Backward(x, state);

        golden.Compare("dA_prev", GoldenMatrix.OfBatch(state.DA0));
        golden.Compare("dW", GoldenMatrix.OfWeights(state.DW1));
        golden.Compare("db", GoldenMatrix.OfBiases(state.DB1));
        golden.AssertComplete();
    }

    [Fact]
    public void Update_parameters()
    {
        SeedCase golden = SeedCase.Read("update_parameters");
        var net = new TwoLayers();
        golden.SetParameters(net.Parameters);
        TwoLayers.Workspace state = net.CreateWorkspace(1);
        double[] x = [1, 2, 3, 4];
        net.Forward(x, state);
        net.Backward(x, [1], state);
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            GoldenMatrix dw = golden.Input($"dW{layer.Index}");
            for (int o = 0; o < dw.Rows; o++)
            {
                for (int i = 0; i < dw.Columns; i++)
                {
                    state.DWView(layer.Index)[o, i] = dw.Data[(o * dw.Columns) + i];
                }

                state.DBView(layer.Index)[o] = golden.Input($"db{layer.Index}").Data[o];
            }
        }

        net.Update(state, golden.Argument("learning_rate"));

        golden.Compare("W1", GoldenMatrix.OfWeights(net.W1));
        golden.Compare("b1", GoldenMatrix.OfBiases(net.B1));
        golden.Compare("W2", GoldenMatrix.OfWeights(net.W2));
        golden.Compare("b2", GoldenMatrix.OfBiases(net.B2));
        golden.AssertComplete();
    }
}
