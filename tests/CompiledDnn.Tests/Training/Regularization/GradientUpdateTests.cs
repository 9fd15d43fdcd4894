using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Network(100, 200, 60, 10, Output = Activation.Softmax)]
public sealed partial class SharedNetwork;

/// <summary>Penalties and clipping before an optimiser, beside PyTorch, and piece by piece beside the whole block.</summary>
[Collection(nameof(MeasuredAllocations))]
public class GradientUpdateTests
{
    // Named as in make_optimizer_traces.py.
    private static readonly Dictionary<string, (Optimizer Optimizer, GradientRules Rules)> s_cases = new()
    {
        ["descent with l2"] = (Optimizer.GradientDescent(0.05), new() { L2 = 0.2 }),
        ["adam with l2"] = (Optimizer.Adam(0.02), new() { L2 = 0.2 }),
        ["momentum with l1, l2 and a clipped value"] = (Optimizer.Momentum(0.05), new() { L1 = 0.3, L2 = 0.1, ClipValue = 0.75 }),
        ["adam with l2 and a clipped norm"] = (Optimizer.Adam(0.02), new() { L2 = 0.2, ClipNorm = 2 }),
        ["descent with a clipped value and norm"] = (Optimizer.GradientDescent(0.05), new() { ClipValue = 1.5, ClipNorm = 2.5 }),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_takes_the_steps_of_PyTorch(string name)
    {
        foreach (bool inputMajor in (bool[])[false, true])
        {
            Follow<double>(name, inputMajor, 1e-12);
            Follow<float>(name, inputMajor, 4e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pieces_give_the_bits_of_the_whole_block(string name)
    {
        (Optimizer optimizer, GradientRules rules) = s_cases[name];
        rules = rules with { ClipNorm = null };
        NetworkShape shape = HandMadeShape.InputMajor<float>("Pieces", 40, 9, 21, 3);
        foreach (int piece in (int[])[1, 15, 16, 300, 2000])
        {
            OptimizerState<float> whole = optimizer.CreateState<float>(shape), parts = optimizer.CreateState<float>(shape);
            float[] expected = Random(shape, 1), actual = Random(shape, 1);
            IParameterUpdate<float> update = GradientUpdate<float>.ForPieces(parts, shape, rules);
            for (int step = 0; step < 3; step++)
            {
                float[] gradients = Random(shape, 10 + step);
                update.Begin(actual.Length);
                for (int at = 0; at < actual.Length; at += piece)
                {
                    int length = Math.Min(piece, actual.Length - at);
                    update.Apply(at, actual.AsSpan(at, length), gradients.AsSpan(at, length));
                }

                Assert.True(new GradientUpdate<float>(whole, shape, rules).Step(expected, gradients));
            }

            Assert.Equal(expected, actual);
            bool[] used = HandMadeShape.Used(shape);
            Assert.All(actual.Index().Where(number => !used[number.Index]), number => Assert.Equal(0, number.Item));
        }
    }

    [Fact]
    public void A_network_trains_with_it_piece_by_piece()
    {
        var net = new Networks.Subjects.Binary(seed: 1);
        var other = new Networks.Subjects.Binary(seed: 1);
        var rules = new GradientRules { L1 = 0.01, L2 = 0.1, ClipValue = 0.05 };
        OptimizerState<float> adam = Optimizer.AdamW(0.1).CreateState<float>(net.Shape), otherAdam = Optimizer.AdamW(0.1).CreateState<float>(net.Shape);
        Networks.Subjects.Binary.Workspace state = net.CreateWorkspace(2), otherState = other.CreateWorkspace(2);
        float[] x = [1, -2, 0.5f, 0.25f, 3, -1], y = [1, 0];
        var whole = new GradientUpdate<float>(otherAdam, net.Shape, rules);
        for (int step = 0; step < 5; step++)
        {
            net.TrainStep(x, y, state, GradientUpdate<float>.ForPieces(adam, net.Shape, rules));

            other.TrainStep(x, y, otherState, new Nothing());
            Assert.True(whole.Step(other.Parameters.Span, otherState.Gradients));
        }

        Assert.Equal(other.Parameters.Span.ToArray(), net.Parameters.Span.ToArray());
        Assert.NotEqual(new Networks.Subjects.Binary(seed: 1).Parameters.Span.ToArray(), net.Parameters.Span.ToArray());
    }

    [Fact]
    public void Threads_that_share_a_step_give_the_same_bits()
    {
        float[] alone = Train(1);

        Assert.Equal(alone, Train(2));
        Assert.Equal(alone, Train(-1));

        static float[] Train(int degree)
        {
            const int M = 300;
            var net = new SharedNetwork(seed: 1) { MaxDegreeOfParallelism = degree };
            var random = new Random(3);
            float[] x = [.. Enumerable.Range(0, M * 100).Select(_ => random.NextSingle() - 0.5f)];
            int[] labels = [.. Enumerable.Range(0, M).Select(_ => random.Next(10))];
            SharedNetwork.Workspace state = net.CreateWorkspace(M);
            var rules = new GradientRules { L1 = 1e-3, L2 = 1e-2, ClipValue = 1e-3 };
            IParameterUpdate<float> update = GradientUpdate<float>.ForPieces(Optimizer.AdamW().CreateState<float>(net.Shape), net.Shape, rules);
            for (int step = 0; step < 3; step++)
            {
                net.TrainStep(x, labels, state, update);
            }

            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void With_nothing_set_the_optimiser_itself_takes_the_step()
    {
        NetworkShape shape = HandMadeShape.InputMajor<float>("Off", 4, 3);
        OptimizerState<float> state = Optimizer.Adam().CreateState<float>(shape);

        Assert.Same(state, GradientUpdate<float>.ForPieces(state, shape, default));
        Assert.NotSame(state, GradientUpdate<float>.ForPieces(state, shape, new() { L1 = 1e-4 }));
        Assert.Throws<ArgumentException>(() => GradientUpdate<float>.ForPieces(state, shape, new() { ClipNorm = 1 }));
    }

    [Fact]
    public void A_norm_that_is_not_finite_changes_nothing()
    {
        NetworkShape shape = HandMadeShape.InputMajor<float>("Infinite", 4, 3);
        OptimizerState<float> state = Optimizer.Adam().CreateState<float>(shape);
        float[] parameters = Random(shape, 1), before = [.. parameters], gradients = Random(shape, 2);
        gradients[0] = float.PositiveInfinity;

        Assert.False(new GradientUpdate<float>(state, shape, new() { ClipNorm = 1 }).Step(parameters, gradients));
        Assert.Equal(before, parameters);
        Assert.Equal(0, state.Steps);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        NetworkShape shape = HandMadeShape.InputMajor<double>("Free", 40, 9, 3);
        var update = new GradientUpdate<double>(Optimizer.Adam().CreateState<double>(shape), shape, new() { L1 = 1, L2 = 1, ClipValue = 1, ClipNorm = 1 });
        var block = new double[shape.BlockLength];

        MeasuredAllocations.None(() =>
        {
            update.Step(block, block);
            update.Begin(block.Length);
            update.Apply(0, block, block);
        });
    }

    [Theory]
    [InlineData(double.NaN, 4)]
    [InlineData(double.PositiveInfinity, 4)]
    [InlineData(-1, 4)]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    public void Every_wrong_number_is_complained_of(double value, int complaints) => Assert.Equal(
        complaints, new GradientRules { L1 = value, L2 = value, ClipNorm = value, ClipValue = value }.Complaints().Count());

    private static void Follow<T>(string name, bool inputMajor, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Optimizer optimizer, GradientRules rules) = s_cases[name];
        NetworkShape shape = OptimizerTrace.Shape<T>(inputMajor);
        var update = new GradientUpdate<T>(optimizer.CreateState<T>(shape), shape, rules);
        T[] parameters = OptimizerTrace.Start<T>(shape);
        Dictionary<int, double[]> points = OptimizerTrace.Points(shape, name).ToDictionary(point => point.Step, point => point.Parameters);
        for (int step = 1; step <= OptimizerTrace.Steps; step++)
        {
            Assert.True(update.Step(parameters, OptimizerTrace.Gradients<T>(shape, step)));
            if (points.TryGetValue(step, out double[]? expected))
            {
                Assert.All(expected.Zip(parameters), pair =>
                    Assert.Equal(pair.First, double.CreateChecked(pair.Second), tolerance * Math.Max(1, Math.Abs(pair.First))));
            }
        }
    }

    // Random numbers where the shape has weights or biases, some of them zero.
    private static float[] Random(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        return [.. HandMadeShape.Used(shape).Select(used => used && random.Next(8) > 0 ? (2 * random.NextSingle()) - 1 : 0)];
    }

    // Leaves the gradient in the workspace and the parameters as they are.
    private sealed class Nothing : IParameterUpdate<float>
    {
        public void Begin(int length)
        {
        }

        public void Apply(int offset, Span<float> parameters, ReadOnlySpan<float> gradients)
        {
        }
    }
}
