using System.Numerics.Tensors;
using Xunit;
using static CompiledDnn.Tests.Networks.Subjects;

namespace CompiledDnn.Tests.Networks;

/// <summary>Every matrix of the notebook by its name, in its shape.</summary>
public partial class ViewTests
{
    private const int M = 3;

    private static readonly double[] s_x = [0.5, -1, 2, 1, 0.25, -0.5, -2, 1.5, 1];
    private static readonly double[] s_y = [1, 2, 3, 4, 5, 6];

    private readonly Regressor _net = new(seed: 1);
    private readonly Regressor.Workspace _state;

    public ViewTests()
    {
        _state = _net.CreateWorkspace(4, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        for (int o = 0; o < 5; o++)
        {
            _net.B1[o] = 0.1 * o;
        }

        _net.Forward(s_x, _state);
        _net.Backward(s_x, s_y, _state);
    }

    [Fact]
    public void Views_have_the_shapes_of_the_notebook()
    {
        Assert.Equal([5, 3], _net.W1.Lengths.ToArray());
        Assert.Equal([5], _net.B1.Lengths.ToArray());
        Assert.Equal([2, 5], _net.W2.Lengths.ToArray());
        Assert.Equal([2], _net.B2.Lengths.ToArray());
        Assert.Equal([5, 3], _state.DW1.Lengths.ToArray());
        Assert.Equal([5], _state.DB1.Lengths.ToArray());
        Assert.Equal([2, 5], _state.DW2.Lengths.ToArray());
        Assert.Equal([2], _state.DB2.Lengths.ToArray());
        Assert.Equal([M, 5], _state.Z1.Lengths.ToArray());
        Assert.Equal([M, 5], _state.A1.Lengths.ToArray());
        Assert.Equal([M, 5], _state.DZ1.Lengths.ToArray());
        Assert.Equal([M, 2], _state.Z2.Lengths.ToArray());
        Assert.Equal([M, 2], _state.A2.Lengths.ToArray());
        Assert.Equal([M, 2], _state.DZ2.Lengths.ToArray());
        Assert.Equal([M, 3], _state.DA0.Lengths.ToArray());
    }

    [Fact]
    public void Views_hold_what_the_equations_say()
    {
        for (int example = 0; example < M; example++)
        {
            for (int o = 0; o < 5; o++)
            {
                double z = _net.B1[o];
                for (int i = 0; i < 3; i++)
                {
                    z += _net.W1[o, i] * s_x[(example * 3) + i];
                }

                Assert.Equal(z, _state.Z1[example, o], 1e-14);
            }

            for (int i = 0; i < 3; i++)
            {
                double da = 0;
                for (int o = 0; o < 5; o++)
                {
                    da += _net.W1[o, i] * _state.DZ1[example, o];
                }

                Assert.Equal(da, _state.DA0[example, i], 1e-14);
            }
        }

        for (int o = 0; o < 2; o++)
        {
            double db = 0;
            for (int example = 0; example < M; example++)
            {
                db += _state.DZ2[example, o] / M;
            }

            Assert.Equal(db, _state.DB2[o], 1e-14);
            for (int i = 0; i < 5; i++)
            {
                double dw = 0;
                for (int example = 0; example < M; example++)
                {
                    dw += _state.DZ2[example, o] * _state.A1[example, i] / M;
                }

                Assert.Equal(dw, _state.DW2[o, i], 1e-14);
            }
        }
    }

    [Fact]
    public void Writing_to_a_view_changes_the_network()
    {
        double[] before = Predict();
        _net.W2[1, 3] += 0.5;
        _net.B2[0] += 0.25;
        double[] after = Predict();

        Assert.NotEqual(before, after);
        LayerInfo layer = _net.Shape.Layer(2);
        Assert.Equal(_net.W2[1, 3], _net.Parameters.Span[layer.WeightOffset + layer.OutputStride + (3 * layer.InputStride)]);
        Assert.Equal(_net.B2[0], _net.Parameters.Span[layer.BiasOffset]);

        double[] Predict()
        {
            var outputs = new double[2];
            _net.Predict(s_x.AsSpan(0, 3), outputs);
            return outputs;
        }
    }

    [Fact]
    public void Weights_are_copied_in_the_dense_order_of_PyTorch()
    {
        var dense = new double[15];
        _net.Parameters.CopyWeightsTo(1, dense);

        for (int o = 0; o < 5; o++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(_net.W1[o, i], dense[(o * 3) + i]);
            }
        }
    }

    [Fact]
    public void Views_of_one_number_work()
    {
        var net = new OnePath(seed: 1);
        OnePath.Workspace state = net.CreateWorkspace(1, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        net.W1[0, 0] = 2;
        net.B1[0] = 1;
        net.W2[0, 0] = -0.5f;
        float[] x = [3];

        net.Forward(x, state);
        net.Backward(x, [1], state);

        Assert.Equal(7, state.Z1[0, 0]);
        Assert.Equal(7, state.A1[0, 0]);
        Assert.Equal(-3.5f, state.Z2[0, 0]);
        Assert.Equal(state.A2[0, 0] - 1, state.DZ2[0, 0]);
        Assert.Equal(state.DZ2[0, 0] * 7, state.DW2[0, 0]);
        Assert.Equal(state.DZ2[0, 0] * -0.5f * 3, state.DW1[0, 0]);
        Assert.Equal(state.DZ2[0, 0] * -0.5f * 2, state.DA0[0, 0]);
    }

    [Fact]
    public void What_a_workspace_does_not_keep_names_the_option()
    {
        var net = new Classifier();
        Classifier.Workspace state = net.CreateWorkspace(1);
        net.Forward([1, 2, 3], state);

        string z = Assert.Throws<InvalidOperationException>(() => state.Z1[0, 0]).Message;
        Assert.Contains("Classifier", z, StringComparison.Ordinal);
        Assert.Contains("Z1", z, StringComparison.Ordinal);
        Assert.Contains("WorkspaceOptions.KeepZ", z, StringComparison.Ordinal);
        string da0 = Assert.Throws<InvalidOperationException>(() => state.DA0[0, 0]).Message;
        Assert.Contains("Classifier", da0, StringComparison.Ordinal);
        Assert.Contains("DA0", da0, StringComparison.Ordinal);
        Assert.Contains("WorkspaceOptions.InputGradient", da0, StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_is_zero_in_parameters_and_gradients_after_training()
    {
        for (int step = 0; step < 5; step++)
        {
            _net.DescendStep(s_x, s_y, _state, 0.05);
        }

        double[] logical = [.. Numbers(_state.DW1), .. Numbers(_state.DB1), .. Numbers(_state.DW2), .. Numbers(_state.DB2)];
        Assert.Equal(TensorPrimitives.SumOfSquares<double>(logical), TensorPrimitives.SumOfSquares<double>(_state.Gradients), 1e-12);
        Assert.Equal(Regressor.ParameterCount, logical.Length);
        Assert.Equal(logical.Length, _net.Parameters.Span.Length - _net.Parameters.Span.Count(0.0));
    }

    // The gradients of a step must not depend on what an earlier one left in the workspace.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_workspace_forgets_inputs_that_were_not_finite(double bad)
    {
        double[] expected = _state.Gradients.ToArray();
        double[] worse = [.. s_x];
        worse[4] = bad;
        _net.Forward(worse, _state);
        _net.Backward(worse, s_y, _state);
        Assert.Contains(_state.Gradients.ToArray(), double.IsNaN);

        _net.Forward(s_x, _state);
        _net.Backward(s_x, s_y, _state);

        Assert.Equal(expected, _state.Gradients.ToArray());
    }

    private static double[] Numbers(ReadOnlyTensorSpan<double> view)
    {
        var numbers = new double[view.FlattenedLength];
        view.FlattenTo(numbers);
        return numbers;
    }

    [Network(1, 1, 1)]
    public sealed partial class OnePath;
}
