using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Dropout;

/// <summary>What dropout does to a network: in training, in predictions, step by step, on any number of threads.</summary>
[Collection(nameof(MeasuredAllocations))]
public class DropoutTests
{
    private const int M = 37;

    [Fact]
    public void Training_drops_outputs_and_divides_the_others_by_what_is_left()
    {
        var net = new Twins.Dropping(seed: 1);
        Twins.Dropping.Workspace state = net.CreateWorkspace(M, WorkspaceOptions.Training);
        net.Forward(Inputs<float>(M * 20), state);

        foreach (int l in (int[])[1, 2])
        {
            LayerInfo layer = net.Shape.Layer(l);
            int dropped = 0;
            for (int i = 0; i < M; i++)
            {
                for (int unit = 0; unit < layer.Outputs; unit++)
                {
                    float a = state.AView(l)[i, unit], passed = state.PassedView(l)[i, unit];
                    Assert.True(passed == 0 || passed == 2 * a, $"A{l}[{i}, {unit}] = {a} became {passed}.");
                    dropped += a != 0 && passed == 0 ? 1 : 0;
                }
            }

            Assert.InRange(dropped, 1, M * layer.Outputs);
        }

        Assert.Equal(state.AView(3)[0, 0], state.PassedView(3)[0, 0]);
    }

    [Fact]
    public void Without_a_training_workspace_nothing_is_dropped()
    {
        var dropping = new Twins.Dropping(seed: 1);
        var plain = new Twins.Plain(seed: 1);
        float[] x = Inputs<float>(M * 20);
        float[] y = Inputs<float>(M * 4);
        Twins.Dropping.Workspace state = dropping.CreateWorkspace(M, WorkspaceOptions.InputGradient);
        Twins.Plain.Workspace expected = plain.CreateWorkspace(M, WorkspaceOptions.InputGradient);
        dropping.Forward(x, state);
        plain.Forward(x, expected);
        dropping.Backward(x, y, state);
        plain.Backward(x, y, expected);

        Assert.Equal(Outputs(plain, x), Outputs(dropping, x));
        Assert.Equal(Outputs(plain, x[..20]), Outputs(dropping, x[..20]));
        Assert.Equal(expected.ABlock(3).ToArray(), state.ABlock(3).ToArray());
        Assert.Equal(expected.Gradients.ToArray(), state.Gradients.ToArray());
        Assert.Equal(expected.DA0Block.ToArray(), state.DA0Block.ToArray());
        Assert.Equal(0, state.DropoutStep);
        Assert.Equal(
            NetworkWorkspace<float>.Bytes(plain.Shape, M), NetworkWorkspace<float>.Bytes(dropping.Shape, M));
    }

    [Fact]
    public void A_network_without_dropout_takes_a_training_workspace_as_any_other()
    {
        var net = new Twins.Plain(seed: 1);
        Twins.Plain.Workspace state = net.CreateWorkspace(M, WorkspaceOptions.Training);
        Twins.Plain.Workspace other = net.CreateWorkspace(M);
        float[] x = Inputs<float>(M * 20);
        net.Forward(x, state);
        net.Forward(x, other);

        Assert.Equal(other.ABlock(3).ToArray(), state.ABlock(3).ToArray());
        Assert.Equal(0, state.DropoutStep);
        Assert.Equal(NetworkWorkspace<float>.Bytes(net.Shape, M), NetworkWorkspace<float>.Bytes(net.Shape, M, WorkspaceOptions.Training));
    }

    [Fact]
    public void A_prediction_with_a_training_workspace_drops_nothing_and_takes_no_step()
    {
        var net = new Twins.WideDropping(seed: 1);
        Twins.WideDropping.Workspace state = net.CreateWorkspace(3, WorkspaceOptions.Training);
        float[] x = Inputs<float>(15);
        net.Forward(x, state);
        var outputs = new float[6];
        net.Predict(x, outputs, state);

        Assert.Equal(Outputs(net, x), outputs);
        Assert.Equal(1, state.DropoutStep);
    }

    [Fact]
    public void Each_training_step_takes_the_next_masks_and_a_number_set_again_repeats_them()
    {
        var net = new Twins.Dropping(seed: 1);
        Twins.Dropping.Workspace state = net.CreateWorkspace(M, WorkspaceOptions.Training);
        float[] x = Inputs<float>(M * 20);
        float[] first = Passed();
        float[] second = Passed();
        Assert.Equal(2, state.DropoutStep);
        Assert.NotEqual(first, second);

        // What is refused takes no step.
        Assert.Throws<ArgumentException>(() => net.Forward(new float[3], state));
        Assert.Throws<ArgumentException>(() => net.DescendStep(x, new float[1], state, 0.1f));
        Assert.Equal(2, state.DropoutStep);

        state.DropoutStep = 1;
        Assert.Equal(second, Passed());
        state.DropoutStep = 0;
        state.DropoutSeed = 1;
        Assert.NotEqual(first, Passed());

        // Another workspace with the same numbers has the same masks.
        state = net.CreateWorkspace(M + 5, WorkspaceOptions.Training);
        Assert.Equal(first, Passed());
        net.DescendStep(x, Inputs<float>(M * 4), state, 0);
        net.TrainStep(x, Inputs<float>(M * 4), state, Optimizer.GradientDescent(0).CreateState<float>(net.Parameters.Span.Length));
        Assert.Equal(3, state.DropoutStep);

        float[] Passed()
        {
            net.Forward(x, state);
            return [.. state.PassedBlock(1)[..(M * net.Shape.Layer(1).RowStride)]];
        }
    }

    [Fact]
    public void Backward_goes_on_with_the_masks_of_its_forward_pass_whatever_is_set_meanwhile()
    {
        var net = new Twins.Dropping(seed: 1);
        Twins.Dropping.Workspace state = net.CreateWorkspace(M, WorkspaceOptions.Training);
        float[] x = Inputs<float>(M * 20);
        float[] y = Inputs<float>(M * 4);
        net.Forward(x, state);
        net.Backward(x, y, state);
        float[] gradients = state.Gradients.ToArray();

        state.DropoutStep = 0;
        net.Forward(x, state);
        state.DropoutStep = 99;
        state.DropoutSeed = 99;
        net.Backward(x, y, state);

        Assert.Equal(gradients, state.Gradients.ToArray());
    }

    [Fact]
    public void Results_have_the_same_bits_on_any_number_of_threads()
    {
        CheckThreads(static () => new Twins.Threaded(seed: 1));
        CheckThreads(static () => new Twins.ThreadedDouble(seed: 1));
    }

    [Fact]
    public void Training_steps_allocate_nothing()
    {
        var net = new Twins.Dropping(seed: 1);
        Twins.Dropping.Workspace state = net.CreateWorkspace(M, WorkspaceOptions.Training);
        float[] x = Inputs<float>(M * 20);
        float[] y = Inputs<float>(M * 4);
        float[] weights = [.. Enumerable.Repeat(1f, M)];
        OptimizerState<float> optimizer = Optimizer.Adam().CreateState<float>(net.Parameters.Span.Length);
        var costs = new float[M];
        MeasuredAllocations.None(() => net.DescendStep(x, y, state, 0.01f), "DescendStep");
        MeasuredAllocations.None(() => net.TrainStep(x, y, state, optimizer), "TrainStep");
        MeasuredAllocations.None(() => net.Forward(x, state), "Forward");
        MeasuredAllocations.None(() => net.Cost(y, weights, state), "Cost");
        MeasuredAllocations.None(() => net.ExampleCosts(y, state, costs), "ExampleCosts");
        MeasuredAllocations.None(() =>
        {
            net.Forward(x, state);
            net.OutputGradient(y, weights, state);
        }, "OutputGradient");
        MeasuredAllocations.None(() =>
        {
            net.Forward(x, state);
            net.Backward(x, y, state);
        }, "Backward");
    }

    [Fact]
    public void The_summary_names_dropout()
    {
        Assert.Contains("Dropout in training: 0.5 of A1, 0.5 of A2.", Twins.Dropping.Summary, StringComparison.Ordinal);
        Assert.Contains("Dropout in training: 0.25 of A2.", DropoutNetworks.CustomActivation.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("ropout", Twins.Plain.Summary, StringComparison.Ordinal);
    }

    private static void CheckThreads<T>(Func<INetwork<T>> create)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[][] alone = Results(create(), 1);
        foreach (int degree in (int[])[2, 3, -1])
        {
            T[][] shared = Results(create(), degree);
            Assert.All(alone.Zip(shared), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second), $"{degree} threads give other bits."));
        }
    }

    private static T[][] Results<T>(INetwork<T> net, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Many = 515;
        net.MaxDegreeOfParallelism = degree;
        NetworkWorkspace<T> state = net.CreateWorkspace(Many, WorkspaceOptions.Training | WorkspaceOptions.InputGradient);
        OptimizerState<T> optimizer = Optimizer.Adam(0.01).CreateState<T>(net.Parameters.Span.Length);
        T[] x = Inputs<T>(Many * net.Shape.InputSize);
        T[] y = Inputs<T>(Many * net.Shape.TargetSize);
        net.Forward(x, state);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        T[] gradients = state.Gradients.ToArray();
        T[] da0 = state.DA0Block.ToArray();
        T[] costs = [net.DescendStep(x, y, state, T.CreateTruncating(0.01)), net.TrainStep(x, y, state, optimizer)];
        return [gradients, da0, costs, net.Parameters.Span.ToArray()];
    }

    private static float[] Outputs(INetwork<float> net, float[] x)
    {
        var outputs = new float[x.Length / net.Shape.InputSize * net.Shape.OutputSize];
        net.Predict(x, outputs);
        return outputs;
    }

    private static T[] Inputs<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() - 0.4))];
    }
}
