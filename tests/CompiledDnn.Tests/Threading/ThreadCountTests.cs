using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Threading;

/// <summary>Every result has the same bits on one thread and on several, and nothing is allocated on several either.</summary>
[Collection(nameof(MeasuredAllocations))]
public partial class ThreadCountTests
{
    private const int M = 515;

    [Fact]
    public void Results_have_the_same_bits_on_any_number_of_threads()
    {
        Check(() => new Classifier(seed: 1));
        Check(() => new WideInput(seed: 1));
        Check(() => new OddInput(seed: 1));
        Check(() => new HalvedInput(seed: 1));
        Check(() => new HalvedClassifier(seed: 1));
        Check(() => new ManyWeights(seed: 1));
        Check(() => new Deep(seed: 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(17)]
    public void Few_examples_of_a_wide_network_have_the_same_bits_in_small_shares(int m) => Check(() => new Wide(seed: 1), m);

    [Theory]
    [InlineData(3)]
    [InlineData(24)]
    [InlineData(131)]
    public void Halves_of_inputs_with_many_weights_add_up_to_the_same_bits(int m)
    {
        Check(() => new HalvedInput(seed: 1), m);
        Check(() => new HalvedClassifier(seed: 1), m);
        Check(() => new ManyWeights(seed: 1), m);
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(9000)]
    public void The_chunks_of_a_small_network_add_up_to_the_same_bits(int m)
    {
        Check(() => new Small(seed: 1), m);
        Check(() => new SmallClassifier(seed: 1), m);
    }

    [Fact]
    public void The_chunks_of_a_large_batch_add_up_to_the_same_bits() => Check(() => new Classifier(seed: 1), 1100);

    [Fact]
    public void Steps_on_several_threads_allocate_nothing()
    {
        var net = new Classifier(seed: 1);
        Classifier.Workspace state = net.CreateWorkspace(M);
        OptimizerState<float> optimizer = Optimizer.Adam().CreateState<float>(net.Parameters.Span.Length);
        (float[] x, float[] y, int[] labels) = Data<float>(net);
        var outputs = new float[M * 10];

        MeasuredAllocations.None(() => net.DescendStep(x, labels, state, 0.01f));
        MeasuredAllocations.None(() => net.TrainStep(x, y, state, optimizer));
        MeasuredAllocations.None(() => net.Predict(x, outputs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_number_of_threads_that_is_none_is_refused(int degree)
    {
        var net = new Classifier(seed: 1);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => net.MaxDegreeOfParallelism = degree);

        Assert.Contains("Classifier.MaxDegreeOfParallelism", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{degree}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(-1, net.MaxDegreeOfParallelism);
    }

    [Fact]
    public void An_update_that_throws_on_any_thread_reaches_the_caller()
    {
        var net = new Classifier(seed: 1);
        (float[] x, float[] y, _) = Data<float>(net);

        Assert.Throws<NotFiniteNumberException>(() => net.TrainStep(x, y, net.CreateWorkspace(M), new Refusing()));
    }

    private static void Check<T>(Func<INetwork<T>> create, int m = M)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[][] alone = Results(create(), m, 1);
        foreach (int degree in (int[])[2, 3, -1])
        {
            T[][] shared = Results(create(), m, degree);
            for (int i = 0; i < alone.Length; i++)
            {
                Assert.True(alone[i].AsSpan().SequenceEqual(shared[i]), $"{create().Shape}, {degree} threads: result {i} has other bits.");
            }
        }
    }

    // Predictions, gradients, and weights after steps of both kinds.
    private static T[][] Results<T>(INetwork<T> net, int m, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.MaxDegreeOfParallelism = degree;
        NetworkWorkspace<T> state = net.CreateWorkspace(m, WorkspaceOptions.InputGradient);
        OptimizerState<T> optimizer = Optimizer.Adam(0.01).CreateState<T>(net.Parameters.Span.Length);
        (T[] x, T[] y, _) = Data<T>(net, m);
        var outputs = new T[m * net.Shape.OutputSize];
        net.Predict(x, outputs);
        net.Forward(x, state);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        T[] gradients = state.Gradients.ToArray();
        T[] da0 = state.DA0Block.ToArray();
        var costs = new T[4];
        costs[0] = net.DescendStep(x, y, state, T.CreateTruncating(0.01));
        costs[1] = net.TrainStep(x, y, state, optimizer);
        costs[2] = net.TrainStep(x, y, state, optimizer);
        costs[3] = net.DescendStep(x.AsSpan(0, m / 2 * net.Shape.InputSize), y.AsSpan(0, m / 2 * net.Shape.TargetSize), state, T.CreateTruncating(0.01));
        return [outputs, gradients, da0, costs, net.Parameters.Span.ToArray()];
    }

    private static (T[] X, T[] Y, int[] Labels) Data<T>(INetwork<T> net, int m = M)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(5);
        T[] x = [.. Enumerable.Range(0, m * net.Shape.InputSize).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
        int[] labels = [.. Enumerable.Range(0, m).Select(_ => random.Next(net.Shape.OutputSize))];
        var y = new T[m * net.Shape.TargetSize];
        for (int i = 0; i < m; i++)
        {
            y[(i * net.Shape.TargetSize) + labels[i]] = T.One;
        }

        return (x, y, labels);
    }

    private sealed class Refusing : IParameterUpdate<float>
    {
        public void Begin(int length)
        {
        }

        public void Apply(int offset, Span<float> parameters, ReadOnlySpan<float> gradients) =>
            throw new NotFiniteNumberException("refused");
    }

    [Network(100, 97, 64, 10, Output = Activation.Softmax)]
    internal sealed partial class Classifier;

    [Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity)]
    internal sealed partial class Small;

    [Network(30, 16, 8, 3, Output = Activation.Softmax, Precision = Precision.Double)]
    internal sealed partial class SmallClassifier;

    [Network(600, 700, 500, 10, Output = Activation.Softmax)]
    internal sealed partial class Wide;

    [Network(2048, 20, 7, 1)]
    internal sealed partial class WideInput;

    [Network(1500, 23, 3, Output = Activation.Identity, Precision = Precision.Double)]
    internal sealed partial class OddInput;

    [Network(4128, 20, 7, 1)]
    internal sealed partial class HalvedInput;

    [Network(2072, 31, 5, Hidden = Activation.SiLU, Output = Activation.Softmax, Precision = Precision.Double)]
    internal sealed partial class HalvedClassifier;

    [Network(300, 90, 40, 5, Hidden = Activation.SiLU, Output = Activation.Softmax, Precision = Precision.Double)]
    internal sealed partial class ManyWeights;

    [Network(40, 70, 33, 70, 5, Hidden = Activation.SiLU, Output = Activation.Identity, Loss = Loss.Huber)]
    internal sealed partial class Deep;
}
