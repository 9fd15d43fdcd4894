using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Notebook;

/// <summary>Logits for which the notebook's own formulas divide zero by zero.</summary>
public partial class ExtremeLogitTests
{
    private const double Far = 1e4;

    [Fact]
    public void Sigmoid_with_cross_entropy_has_the_limits_of_both_sides()
    {
        CheckSigmoid(new OneLogit());
        CheckSigmoid(new OneLogitFloat());
    }

    [Fact]
    public void Softmax_with_cross_entropy_has_the_limits_of_all_classes()
    {
        CheckSoftmax(new ThreeLogits());
        CheckSoftmax(new ThreeLogitsFloat());
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(800)]
    [InlineData(-800)]
    [InlineData(100)]
    [InlineData(-100)]
    [InlineData(40)]
    [InlineData(-40)]
    public void The_gradients_of_a_hidden_layer_stay_finite_too(double logit)
    {
        var net = new HiddenLogit(initializer: Initializer.Zeros);
        net.W1[0, 0] = 1;
        net.W2[0, 0] = logit;
        HiddenLogit.Workspace state = net.CreateWorkspace(2, WorkspaceOptions.InputGradient);

        net.Forward([1, 1], state);
        double cost = net.Cost([0, 1], state);
        net.Backward([1, 1], [0, 1], state);

        // One of the two examples is wrong by the whole logit, the other right: dz is ±1 and 0, in either order.
        Assert.Equal(Math.Abs(logit) / 2, cost, 1e-12 * Math.Abs(logit));
        Assert.Equal(Math.Sign(logit) * 0.5, state.DB2[0], 1e-15);
        Assert.Equal(Math.Sign(logit) * 0.5, state.DW2[0, 0], 1e-15);
        Assert.Equal(Math.Abs(logit) * 0.5, state.DW1[0, 0], 1e-12 * Math.Abs(logit));
        Assert.Equal(Math.Abs(logit), state.DA0[0, 0] + state.DA0[1, 0], 1e-12 * Math.Abs(logit));
    }

    private static void CheckSigmoid<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.Parameters.Span.Clear();
        net.Parameters.WeightView(1)[0, 0] = T.One;
        NetworkWorkspace<T> state = net.CreateWorkspace(4);
        T[] x = Numbers<T>(Far, Far, -Far, -Far);
        T[] y = Numbers<T>(1, 0, 1, 0);

        net.Forward(x, state);
        net.OutputGradient(y, state);
        Assert.Equal(Numbers<T>(0, 1, -1, 0), Column(state.DZView(1), 4));
        Assert.Equal(T.CreateChecked(Far / 2), net.Cost(y, state));

        net.Backward(x, state);
        Assert.Equal(T.CreateChecked(Far / 2), state.DWView(1)[0, 0]);
        Assert.Equal(T.Zero, state.DBView(1)[0]);

        // Each side alone: right costs nothing, wrong costs the logit.
        for (int i = 0; i < 4; i++)
        {
            net.Forward(x.AsSpan(i, 1), state);
            Assert.Equal(T.CreateChecked(i is 1 or 2 ? Far : 0), net.Cost(y.AsSpan(i, 1), state));
        }
    }

    private static void CheckSoftmax<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.Parameters.Span.Clear();
        for (int i = 0; i < 3; i++)
        {
            net.Parameters.WeightView(1)[i, i] = T.One;
        }

        NetworkWorkspace<T> state = net.CreateWorkspace(3);
        T[] x = Numbers<T>(Far, 0, -Far, Far, 0, -Far, Far, 0, -Far);
        T[] rows = Numbers<T>(1, 0, 0, 0, 1, 0, 0, 0, 1);
        T[] expected = Numbers<T>(0, 0, 0, 1, -1, 0, 1, 0, -1);
        net.Forward(x, state);

        net.OutputGradient(rows, state);
        Assert.Equal(expected, Flat(state));
        net.OutputGradient([0, 1, 2], state);
        Assert.Equal(expected, Flat(state));

        Assert.Equal(T.CreateChecked(Far), net.Cost(rows, state));
        Assert.Equal(T.CreateChecked(Far), net.Cost([0, 1, 2], state));
        net.Backward(x, state);
        Assert.All(state.Gradients.ToArray(), gradient => Assert.True(T.IsFinite(gradient)));
        Assert.Equal(T.CreateChecked(Far * 2) * (T.One / T.CreateChecked(3)), state.DWView(1)[0, 0]);
        for (int label = 0; label < 3; label++)
        {
            net.Forward(x.AsSpan(0, 3), state);
            Assert.Equal(T.CreateChecked(Far * label), net.Cost([label], state));
        }
    }

    private static T[] Flat<T>(NetworkWorkspace<T> state)
        where T : unmanaged
    {
        var flat = new T[9];
        state.DZView(1).FlattenTo(flat);
        return flat;
    }

    private static T[] Column<T>(System.Numerics.Tensors.TensorSpan<T> view, int m)
    {
        var column = new T[m];
        view.FlattenTo(column);
        return column;
    }

    private static T[] Numbers<T>(params double[] values)
        where T : INumberBase<T> =>
        [.. values.Select(T.CreateChecked)];

    [Network(1, 1, Precision = Precision.Double)]
    public sealed partial class OneLogit;

    [Network(1, 1)]
    public sealed partial class OneLogitFloat;

    [Network(1, 1, 1, Precision = Precision.Double)]
    public sealed partial class HiddenLogit;

    [Network(3, 3, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class ThreeLogits;

    [Network(3, 3, Output = Activation.Softmax)]
    public sealed partial class ThreeLogitsFloat;
}
