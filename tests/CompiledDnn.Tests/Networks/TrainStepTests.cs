using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>A step that hands out the gradient in pieces against the same in single steps, to the bit, for networks of many shapes.</summary>
public class TrainStepTests
{
    public static TheoryData<string> Networks => [.. Types.Select(type => type.Name)];

    private static IEnumerable<Type> Types => [.. typeof(ComparedNetworks).GetNestedTypes(), .. typeof(OutputNetworks).GetNestedTypes()];

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_equals_the_single_steps(string name)
    {
        foreach (int m in (int[])[1, 3, 4, 17, 1030])
        {
            object net = Create(name), other = Create(name);
            if (net is INetwork<float> single)
            {
                Compare(single, (INetwork<float>)other, m);
            }
            else
            {
                Compare((INetwork<double>)net, (INetwork<double>)other, m);
            }
        }
    }

    private static void Compare<T>(INetwork<T> net, INetwork<T> other, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, T[] y) = Data(net, m);
        NetworkWorkspace<T> state = net.CreateWorkspace(m, WorkspaceOptions.InputGradient);
        NetworkWorkspace<T> otherState = other.CreateWorkspace(m, WorkspaceOptions.InputGradient);
        OptimizerState<T> adam = Optimizer.Adam(0.01).CreateState<T>(net.Shape.BlockLength);
        OptimizerState<T> otherAdam = Optimizer.Adam(0.01).CreateState<T>(net.Shape.BlockLength);
        for (int step = 0; step < 3; step++)
        {
            T cost = net.TrainStep(x, y, state, adam);

            Assert.Equal(Gradient(other, x, y, otherState), cost);
            otherAdam.Step(other.Parameters.Span, otherState.Gradients);

            Assert.Equal(otherState.Gradients.ToArray(), state.Gradients.ToArray());
            Assert.Equal(other.Parameters.Span.ToArray(), net.Parameters.Span.ToArray());
            Assert.Equal(otherAdam.Slot(1).ToArray(), adam.Slot(1).ToArray());
            Assert.Equal(otherAdam.Steps, adam.Steps);
        }
    }

    // The fused step of a small network sums in an order of its own, which SmallStepTests compares with the single steps. Here its gradient as a
    // whole is updated at once.
    private static T Gradient<T>(INetwork<T> net, T[] x, T[] y, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SmallNetworks.IsSmall(net.GetType()))
        {
            return net.TrainStep(x, y, state, new Counter<T>(net.Shape.BlockLength));
        }

        net.Forward(x, state);
        T cost = net.Cost(y, state);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        return cost;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Its_pieces_cover_every_parameter_once_and_hold_its_gradient(string name)
    {
        object net = Create(name);
        if (net is INetwork<float> single)
        {
            Cover(single);
        }
        else
        {
            Cover((INetwork<double>)net);
        }
    }

    private static void Cover<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, T[] y) = Data(net, 5);
        NetworkWorkspace<T> state = net.CreateWorkspace(5);
        var counter = new Counter<T>(net.Shape.BlockLength);
        T[] before = net.Parameters.Span.ToArray();

        net.TrainStep(x, y, state, counter);

        Assert.Equal(1, counter.Begun);
        Assert.All(counter.Calls, calls => Assert.InRange(calls, 0, 1));
        Assert.Equal(state.Gradients.ToArray(), counter.Gradients);
        Assert.Equal(before, counter.Parameters);
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            Assert.DoesNotContain(0, counter.Calls[layer.WeightOffset..(layer.WeightOffset + layer.WeightLength)]);
            Assert.DoesNotContain(0, counter.Calls[layer.BiasOffset..(layer.BiasOffset + layer.Outputs)]);
        }
    }

    [Fact]
    public void A_step_with_labels_equals_one_with_their_rows()
    {
        var net = new Subjects.Classifier(seed: 1);
        var other = new Subjects.Classifier(seed: 1);
        (float[] x, _) = Data(net, 6);
        int[] labels = [0, 1, 1, 0, 1, 0];
        float[] y = [.. labels.SelectMany(label => (float[])[1 - label, label])];

        float cost = net.TrainStep(x, labels, net.CreateWorkspace(6), Optimizer.Momentum(0.1).CreateState<float>(net.Shape.BlockLength));
        float expected = other.TrainStep(x, y, other.CreateWorkspace(6), Optimizer.Momentum(0.1).CreateState<float>(net.Shape.BlockLength));

        Assert.Equal(expected, cost, 1e-6f);
        for (int i = 0; i < net.Parameters.Span.Length; i++)
        {
            Assert.Equal(other.Parameters.Span[i], net.Parameters.Span[i], 1e-6f);
        }
    }

    [Fact]
    public void A_cost_that_is_not_finite_changes_nothing()
    {
        var net = new Subjects.Binary(seed: 1);
        float[] before = net.Parameters.Span.ToArray();
        OptimizerState<float> adam = Optimizer.Adam().CreateState<float>(before.Length);

        float cost = net.TrainStep([1, float.NaN, 3], [1f], net.CreateWorkspace(1), adam);

        Assert.True(float.IsNaN(cost));
        Assert.Equal(before, net.Parameters.Span.ToArray());
        Assert.Equal(0, adam.Steps);
    }

    [Fact]
    public void An_optimiser_of_another_network_is_refused_before_anything_is_changed()
    {
        var net = new Subjects.Binary(seed: 1);
        float[] before = net.Parameters.Span.ToArray();

        Assert.Throws<ArgumentException>(
            () => net.TrainStep([1, 2, 3], [1f], net.CreateWorkspace(1), Optimizer.Adam().CreateState<float>(before.Length + 1)));
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private static object Create(string name) => Activator.CreateInstance(Types.Single(type => type.Name == name), 5, null)!;

    private static (T[] X, T[] Y) Data<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(m);
        return (
            [.. Enumerable.Range(0, m * net.Shape.InputSize).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))],
            [.. Enumerable.Range(0, m * net.Shape.TargetSize).Select(_ => T.CreateTruncating(random.NextDouble()))]);
    }

    // Keeps what it is given and changes nothing.
    private sealed class Counter<T>(int length) : IParameterUpdate<T>
        where T : unmanaged
    {
        public int Begun { get; private set; }

        public int[] Calls { get; } = new int[length];

        public T[] Gradients { get; } = new T[length];

        public T[] Parameters { get; } = new T[length];

        public void Begin(int length) => Begun++;

        public void Apply(int offset, Span<T> parameters, ReadOnlySpan<T> gradients)
        {
            parameters.CopyTo(Parameters.AsSpan(offset));
            gradients.CopyTo(Gradients.AsSpan(offset));
            foreach (ref int calls in Calls.AsSpan(offset, parameters.Length))
            {
                calls++;
            }
        }
    }
}
