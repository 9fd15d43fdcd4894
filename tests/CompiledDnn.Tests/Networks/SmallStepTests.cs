using System.Numerics;
using System.Numerics.Tensors;
using CompiledDnn.Tests.Gradients;
using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>The fused steps of small networks against the single steps, and their gradient against finite differences.</summary>
public class SmallStepTests
{
    // Around a tile, which has 32 to 128 examples, and around two and three chunks of 512.
    private static readonly int[] s_batches = [1, 2, 7, 31, 32, 33, 64, 65, 97, 128, 129, 300, 1023, 1024, 1025, 1700];

    private static readonly Type[] s_places =
        [typeof(SmallNetworks), typeof(ComparedNetworks), typeof(OutputPairs), typeof(HiddenActivations), typeof(Shapes), typeof(Customs)];

    public static TheoryData<string, string> Networks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Type network in s_places.SelectMany(place => place.GetNestedTypes()).Where(SmallNetworks.IsSmall))
            {
                data.Add(network.DeclaringType!.Name, network.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Both_steps_equal_the_single_steps(string place, string name)
    {
        foreach (int m in s_batches)
        {
            object net = Create(place, name), other = Create(place, name);
            if (net is INetwork<float> single)
            {
                Compare(single, (INetwork<float>)other, m, Math.Pow(2, -23));
            }
            else
            {
                Compare((INetwork<double>)net, (INetwork<double>)other, m, Math.Pow(2, -52));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradient_of_a_step_is_the_slope_of_the_cost(string place, string name)
    {
        if (Create(place, name) is not INetwork<double> net)
        {
            return;
        }

        const int M = 150;
        const double Step = 1e-6;
        (double[] x, double[] y) = Data(net, M);
        NetworkWorkspace<double> state = net.CreateWorkspace(M);
        var keeper = new Keeper<double>();
        net.TrainStep(x, y, state, keeper);

        double[] gradient = state.Gradients.ToArray(), weights = net.Parameters.Span.ToArray();
        Assert.Equal(gradient, keeper.Gradients);
        double length = Math.Sqrt(TensorPrimitives.Dot<double>(gradient, gradient));
        double Cost(double distance)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                net.Parameters.Span[i] = weights[i] + (distance * gradient[i] / length);
            }

            return net.TrainStep(x, y, state, keeper);
        }

        // Along the gradient the cost rises by its length.
        Assert.Equal(length, (Cost(Step) - Cost(-Step)) / (2 * Step), 1e-4 * Math.Max(1e-3, length));
    }

    [Fact]
    public void Labels_give_what_their_rows_give()
    {
        foreach (int m in s_batches)
        {
            SmallNetworks.Digits net = new(seed: 3), other = new(seed: 3);
            (float[] x, _) = Data<float>(net, m);
            int[] labels = [.. Enumerable.Range(0, m).Select(i => (i * 7) % 10)];
            float[] y = new float[m * 10];
            for (int i = 0; i < m; i++)
            {
                y[(i * 10) + labels[i]] = 1;
            }

            float cost = net.DescendStep(x, labels, net.CreateWorkspace(m), 0.5f);

            Assert.Equal(other.DescendStep(x, y, other.CreateWorkspace(m), 0.5f), cost, 1e-5f);
            AssertClose<float>("parameters", other.Parameters.Span, net.Parameters.Span, 1e-5);
        }
    }

    [Fact]
    public void A_step_that_is_refused_leaves_the_workspace_as_it_was()
    {
        var net = new SmallNetworks.Tiny(seed: 1);
        SmallNetworks.Tiny.Workspace state = net.CreateWorkspace(3);
        net.Forward([1, 2, 3, 4], state);

        Assert.Throws<ArgumentException>(() => net.DescendStep([1, 2], [1f, 0f], state, 0.1f));
        Assert.Throws<ArgumentException>(() => net.DescendStep([1, 2, 3], [1f], state, 0.1f));

        Assert.Equal(2, state.BatchSize);
        net.Backward([1, 2, 3, 4], [1f, 0f], state);
    }

    [Fact]
    public void After_a_step_the_gradient_needs_another_forward_pass()
    {
        var net = new SmallNetworks.Tiny(seed: 1);
        SmallNetworks.Tiny.Workspace state = net.CreateWorkspace(1);
        net.DescendStep([1, 2], [1f], state, 0.1f);

        Assert.Throws<InvalidOperationException>(() => net.OutputGradient([1f], state));
        Assert.Throws<InvalidOperationException>(() => net.Update(state, 0.1f));
    }

    private static void Compare<T>(INetwork<T> net, INetwork<T> other, int m, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, T[] y) = Data(net, m);
        NetworkWorkspace<T> state = net.CreateWorkspace(m, WorkspaceOptions.InputGradient | WorkspaceOptions.KeepZ);
        NetworkWorkspace<T> otherState = other.CreateWorkspace(m, WorkspaceOptions.InputGradient | WorkspaceOptions.KeepZ);
        int last = net.Shape.Layers.Length;
        var keeper = new Keeper<T>();

        // A sum over the batch in another order.
        double tolerance = unit * (64 + m);
        T cost = net.TrainStep(x, y, state, keeper);
        other.Forward(x, otherState);
        double expected = double.CreateTruncating(other.Cost(y, otherState));
        other.OutputGradient(y, otherState);
        other.Backward(x, otherState);

        Assert.Equal(expected, double.CreateTruncating(cost), tolerance * Math.Max(1, Math.Abs(expected)));
        AssertClose<T>($"m = {m}: gradients", otherState.Gradients, state.Gradients, tolerance);
        AssertClose<T>($"m = {m}: gradients given", otherState.Gradients, keeper.Gradients, tolerance);

        // Products of half a vector's columns, and all of few rows, sum their terms in another order too.
        AssertClose<T>($"m = {m}: A{last}", otherState.ABlock(last), state.ABlock(last), 16 * unit);
        AssertClose<T>($"m = {m}: Z{last}", otherState.ZBlock(last), state.ZBlock(last), 16 * unit, atLeast: LargestBias);
        AssertClose<T>($"m = {m}: DZ{last}", otherState.DZBlock(last), state.DZBlock(last), 16 * unit);
        AssertClose<T>($"m = {m}: DA0", otherState.DA0Block, state.DA0Block, 64 * unit);

        // Gradients of chunks lay there: whatever reads padding finds zeros again.
        Assert.DoesNotContain(state.DZBlock(1).ToArray(), number => number != T.Zero);

        T rate = T.CreateTruncating(0.25);
        T costOfStep = net.DescendStep(x, y, state, rate);
        other.Update(otherState, rate);

        Assert.Equal(double.CreateTruncating(cost), double.CreateTruncating(costOfStep), tolerance * Math.Max(1, Math.Abs(expected)));
        AssertClose<T>($"m = {m}: parameters", other.Parameters.Span, net.Parameters.Span, tolerance);
    }

    private static object Create(string place, string name)
    {
        object net = Activator.CreateInstance(s_places.Single(type => type.Name == place).GetNestedType(name)!, 5, null)!;
        if (net is INetwork<float> single)
        {
            SetBiases(single.Parameters);
        }
        else
        {
            SetBiases(((INetwork<double>)net).Parameters);
        }

        return net;
    }

    // Of the biases that the networks are given, a term of every Z.
    private const double LargestBias = 0.125;

    // They begin at zero; others say more.
    private static void SetBiases<T>(ParameterBlock<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                parameters.B(layer.Index)[o] = T.CreateTruncating(((o % 5) - 2) * (LargestBias / 2));
            }
        }
    }

    private static (T[] X, T[] Y) Data<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(m);
        return (
            [.. Enumerable.Range(0, m * net.Shape.InputSize).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))],
            [.. Enumerable.Range(0, m * net.Shape.TargetSize).Select(_ => T.CreateTruncating(random.NextDouble()))]);
    }

    // Relative to the largest number, or to one that is a term of all: a small one is a sum in which larger ones cancel.
    private static void AssertClose<T>(string what, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, double tolerance, double atLeast = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = atLeast;
        foreach (T number in expected)
        {
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(number)));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(double.CreateTruncating(expected[i] - actual[i]));
            if (!(difference <= tolerance * largest))
            {
                Assert.Fail($"{what}: number {i} is {actual[i]}; expected {expected[i]}, off by {difference / largest} of the largest.");
            }
        }
    }

    // Keeps the gradients of the whole block and changes nothing.
    private sealed class Keeper<T> : IParameterUpdate<T>
        where T : unmanaged
    {
        public T[] Gradients { get; private set; } = [];

        public void Begin(int length) => Gradients = new T[length];

        public void Apply(int offset, Span<T> parameters, ReadOnlySpan<T> gradients) => gradients.CopyTo(Gradients.AsSpan(offset));
    }
}
