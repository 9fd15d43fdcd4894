using System.Numerics;
using CompiledDnn.Tests.Gradients;
using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>Weights of examples, and the loss of each example: for every loss, from rows and from labels, float and double.</summary>
public class ExampleWeightTests
{
    private static readonly Type[] s_holders =
        [typeof(OutputPairs), typeof(Shapes), typeof(Customs), typeof(ComparedNetworks), typeof(SmallNetworks), typeof(Subjects)];

    public static TheoryData<string> Networks =>
        [.. s_holders
            .SelectMany(holder => holder.GetNestedTypes())
            .Where(type => type.IsAssignableTo(typeof(INetwork<float>)) || type.IsAssignableTo(typeof(INetwork<double>)))
            .Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_of_one_change_no_bit_and_costs_of_examples_add_up(string name)
    {
        object net = Activator.CreateInstance(typeof(ExampleWeightTests).Assembly.GetType(name, throwOnError: true)!, 3, null)!;
        foreach (int m in (int[])[1, 2, 7, 16, 65, 1100])
        {
            if (net is INetwork<float> single)
            {
                Check(single, m);
            }
            else
            {
                Check((INetwork<double>)net, m);
            }
        }
    }

    [Fact]
    public void An_example_of_weight_zero_counts_nothing_whatever_its_target()
    {
        CheckZeroWeights(new Subjects.Binary(seed: 2));
        CheckZeroWeights(new Subjects.Classifier(seed: 2));
        CheckZeroWeights(new Subjects.Regressor(seed: 2));
        CheckZeroWeights(new Subjects.Gaussian(seed: 2));
    }

    [Fact]
    public void Weights_are_checked_at_the_boundary_and_a_refusal_changes_nothing()
    {
        var net = new Subjects.Classifier(seed: 1);
        Subjects.Classifier.Workspace state = net.CreateWorkspace(2);
        net.Forward(new float[6], state);
        net.OutputGradient([0, 1], state);
        float[] before = state.DZBlock(2).ToArray();

        var few = Assert.Throws<ArgumentException>(() => net.OutputGradient([0, 1], [1f], state));
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => net.OutputGradient([0, 1], [1f, -1f], state));
        var infinite = Assert.Throws<ArgumentOutOfRangeException>(() => net.Cost([0, 1], [float.PositiveInfinity, 1f], state));
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Cost(new float[4], [float.NaN, 1f], state));
        var room = Assert.Throws<ArgumentException>(() => net.ExampleCosts([0, 1], state, new float[3]));

        Assert.Contains("Classifier.OutputGradient: expected 2 weights, one for each example of the last forward pass, but got 1", few.Message, StringComparison.Ordinal);
        Assert.Contains("the weight of example 1 is -1", negative.Message, StringComparison.Ordinal);
        Assert.Contains("Classifier.Cost: weights are finite and not negative, but the weight of example 0", infinite.Message, StringComparison.Ordinal);
        Assert.Contains("Classifier.ExampleCosts", room.Message, StringComparison.Ordinal);
        Assert.Equal(before, state.DZBlock(2).ToArray());
    }

    [Fact]
    public void A_loss_without_labels_says_so()
    {
        INetwork<float> net = new Subjects.Binary(seed: 1);
        NetworkWorkspace<float> state = net.CreateWorkspace(1);
        net.Forward(new float[3], state);

        Assert.Throws<NotSupportedException>(() => net.Cost([0], [1f], state));
        Assert.Throws<NotSupportedException>(() => net.OutputGradient([0], [1f], state));
        Assert.Throws<NotSupportedException>(() => net.ExampleCosts([0], state, new float[1]));
    }

    private static void Check<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(m);
        T[] x = Draw(m * net.Shape.InputSize);
        T[] y = Draw(m * net.Shape.TargetSize);
        T[] weights = Draw(m);
        T[] ones = [.. Enumerable.Repeat(T.One, m)];
        int[] labels = [.. Enumerable.Range(0, m).Select(_ => random.Next(net.Shape.OutputSize))];
        NetworkWorkspace<T> state = net.CreateWorkspace(m);
        net.Forward(x, state);

        var costs = new T[m];
        net.ExampleCosts(y, state, costs);
        Compare(net.Cost(y, state), net.Cost(y, ones, state), net.Cost(y, weights, state), costs, weights, net.Shape);
        net.OutputGradient(y, state);
        T[] plain = state.DZBlock(net.Shape.Layers.Length).ToArray();
        net.OutputGradient(y, ones, state);
        Assert.Equal(plain, state.DZBlock(net.Shape.Layers.Length).ToArray());

        if (net.TakesLabels)
        {
            net.ExampleCosts(labels, state, costs);
            Compare(net.Cost(labels, state), net.Cost(labels, ones, state), net.Cost(labels, weights, state), costs, weights, net.Shape);
            net.OutputGradient(labels, state);
            plain = state.DZBlock(net.Shape.Layers.Length).ToArray();
            net.OutputGradient(labels, ones, state);
            Assert.Equal(plain, state.DZBlock(net.Shape.Layers.Length).ToArray());
        }

        T[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble()))];
    }

    private static void Compare<T>(T cost, T withOnes, T weighted, T[] costs, T[] weights, NetworkShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double unit = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
        double size = costs.Average(value => Math.Abs(double.CreateChecked(value)));
        double mean = costs.Average(double.CreateChecked);
        double weightedMean = costs.Zip(weights, (value, weight) => double.CreateChecked(value) * double.CreateChecked(weight)).Average();

        Assert.Equal(cost, withOnes);
        Assert.True(Math.Abs(mean - double.CreateChecked(cost)) <= unit * size, $"{shape}: costs of examples have the mean {mean}, but J is {cost}.");
        Assert.True(
            Math.Abs(weightedMean - double.CreateChecked(weighted)) <= unit * size,
            $"{shape}: weighted costs of examples have the mean {weightedMean}, but J is {weighted}.");
    }

    private static void CheckZeroWeights<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 5;
        int targets = net.Shape.TargetSize;
        NetworkWorkspace<T> state = net.CreateWorkspace(M);
        T[] x = [.. Enumerable.Range(0, M * net.Shape.InputSize).Select(i => T.CreateTruncating(Math.Sin(i)))];
        T[] y = [.. Enumerable.Range(0, M * targets).Select(i => T.CreateTruncating(0.5))];
        T[] weights = [T.One, T.Zero, T.CreateTruncating(0.5), T.Zero, T.One];
        net.Forward(x, state);
        T cost = net.Cost(y, weights, state);
        net.OutputGradient(y, weights, state);
        net.Backward(x, state);
        T[] gradients = state.Gradients.ToArray();

        y.AsSpan(targets, targets).Fill(T.NaN);
        y.AsSpan(3 * targets, targets).Fill(T.PositiveInfinity);

        Assert.Equal(cost, net.Cost(y, weights, state));
        net.OutputGradient(y, weights, state);
        net.Backward(x, state);
        Assert.Equal(gradients, state.Gradients.ToArray());
    }
}
