using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Collection(nameof(MeasuredAllocations))]
public class OptimizerTests
{
    private static readonly Optimizer[] s_every =
    [
        Optimizer.GradientDescent(0.1),
        Optimizer.Momentum(0.1),
        Optimizer.Nesterov(0.1),
        Optimizer.RMSProp(),
        Optimizer.Adam(0.1),
        Optimizer.AdamW(0.1, decayBiases: true),
    ];

    private static readonly double[] s_start = [1.0, -2.0, 0.5];

    private static readonly double[][] s_gradients = [[0.1, -0.4, 2.0], [0.3, 0.0, -1.0], [-0.2, 0.5, 0.25]];

    // Lengths without a whole vector, with whole vectors only, and with both.
    public static TheoryData<int> Lengths => [3, 48, 37];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Gradient_descent_takes_the_steps_worked_out_by_hand(int length) =>
        CheckSteps(Optimizer.GradientDescent(0.1), length, [[0.99, -1.96, 0.3], [0.96, -1.96, 0.4], [0.98, -2.01, 0.375]]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Momentum_takes_the_steps_worked_out_by_hand(int length) =>
        CheckSteps(Optimizer.Momentum(0.1), length, [[0.99, -1.96, 0.3], [0.951, -1.924, 0.22], [0.9359, -1.9416, 0.123]]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adam_takes_the_steps_worked_out_by_hand(int length) =>
        CheckSteps(
            Optimizer.Adam(0.1),
            length,
            [
                [0.900000009999999, -1.9000000025, 0.4000000005],
                [0.8082219022055899, -1.8329941794559523, 0.37336629670243154],
                [0.7824315228897929, -1.8505598342215863, 0.3458018311043603],
            ]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adam_adds_epsilon_to_the_root_of_the_corrected_square(int length) =>
        CheckSteps(
            Optimizer.Adam(rate: 0.01, beta1: 0.5, beta2: 0.75, epsilon: 0.1),
            length,
            [
                [0.995, -1.992, 0.49047619047619045],
                [0.9880563560944783, -1.9883153486894882, 0.49047619047619045],
                [0.9885011497477547, -1.9930433591851882, 0.4893340578210955],
            ]);

    [Theory]
    [InlineData("descent")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("rmsprop")]
    [InlineData("rmsprop whose epsilon is no float")]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("adam whose epsilon is no float")]
    public void Padding_stays_zero(string kind)
    {
        Optimizer optimizer = kind switch
        {
            "descent" => Optimizer.GradientDescent(0.1),
            "momentum" => Optimizer.Momentum(0.1),
            "nesterov" => Optimizer.Nesterov(0.1),
            "rmsprop" => Optimizer.RMSProp(),
            "rmsprop whose epsilon is no float" => Optimizer.RMSProp(epsilon: 1e-60),
            "adam" => Optimizer.Adam(),
            "adamw" => Optimizer.AdamW(decayBiases: true),
            _ => Optimizer.Adam(epsilon: 1e-60),
        };
        OptimizerState<float> state = optimizer.CreateState<float>(37);
        float[] parameters = new float[37];
        float[] gradients = new float[37];
        parameters[5] = gradients[5] = parameters[36] = gradients[36] = 1;

        state.Step(parameters, gradients);
        state.Step(parameters, gradients);

        Assert.All(parameters.Index().Where(p => p.Index is not (5 or 36)), p => Assert.Equal(0, p.Item));
        Assert.All([parameters[5], parameters[36]], p => Assert.InRange(p, 0.5f, 0.9999f));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (Optimizer optimizer in s_every)
        {
            OptimizerState<float> state = optimizer.CreateState<float>(100);
            float[] parameters = new float[100];

            MeasuredAllocations.None(() => state.Step(parameters, parameters), optimizer.GetType().Name);
        }
    }

    [Fact]
    public void The_state_shows_its_slots_by_name_and_counts_its_steps()
    {
        OptimizerState<double> state = Optimizer.Adam(beta1: 0.75, beta2: 0.5).CreateState<double>(2);
        state.Step(new double[2], [1, -2]);

        Assert.Equal(["m", "v"], state.Optimizer.Slots);
        Assert.Equal([0.25, -0.5], state.Slot(0).ToArray());
        Assert.Equal([0.5, 2.0], state.Slot(1).ToArray());
        Assert.Equal(1, state.Steps);
        Assert.Equal([0.5, 2.0], state.Slot("v").ToArray());
        Assert.Equal(0, state.Numbers.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Slot(2).Length);
        Assert.Contains("m, v", Assert.Throws<ArgumentException>(() => state.Slot("w").Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_means_of_a_parameter_without_gradient_end_at_zero_not_among_numbers_too_small_to_be_normal()
    {
        OptimizerState<float> state = Optimizer.Adam(beta2: 0.9).CreateState<float>(37);
        float[] parameters = new float[37];
        state.Step(parameters, [.. Enumerable.Repeat(1f, 37)]);
        for (int step = 0; step < 1000; step++)
        {
            state.Step(parameters, new float[37]);
            Assert.DoesNotContain(state.Slot(0).ToArray().Concat(state.Slot(1).ToArray()), float.IsSubnormal);
        }

        Assert.All(state.Slot(0).ToArray().Concat(state.Slot(1).ToArray()), mean => Assert.Equal(0, mean));
        Assert.All(parameters, parameter => Assert.True(float.IsFinite(parameter)));
    }

    [Fact]
    public void A_step_in_pieces_equals_one_over_the_whole_block()
    {
        foreach (Optimizer optimizer in s_every)
        {
            OptimizerState<float> whole = optimizer.CreateState<float>(48), pieces = optimizer.CreateState<float>(48);
            float[] expected = Repeat<float>(s_start, 48), parameters = Repeat<float>(s_start, 48);
            foreach (double[] gradient in s_gradients)
            {
                float[] gradients = Repeat<float>(gradient, 48);
                whole.Step(expected, gradients);
                pieces.Begin(48);
                pieces.Apply(16, parameters.AsSpan(16), gradients.AsSpan(16));
                pieces.Apply(0, parameters.AsSpan(0, 16), gradients.AsSpan(0, 16));
            }

            Assert.Equal(expected, parameters);
            Assert.Throws<ArgumentException>(() => pieces.Apply(33, parameters.AsSpan(0, 16), parameters.AsSpan(0, 16)));
            Assert.Throws<ArgumentException>(() => pieces.Apply(0, parameters.AsSpan(0, 16), parameters.AsSpan(0, 15)));
            Assert.Throws<ArgumentException>(() => pieces.Begin(49));
        }
    }

    [Fact]
    public void The_rate_can_change_between_steps()
    {
        OptimizerState<double> state = Optimizer.GradientDescent(1).CreateState<double>(1);
        double[] parameters = [10];
        state.Step(parameters, [1]);
        state.Rate = 0.5;
        state.Step(parameters, [1]);

        Assert.Equal(8.5, parameters[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Rate = double.NaN);
        Assert.Equal(0.5, state.Rate);
    }

    [Fact]
    public void An_optimiser_of_your_own_is_one_small_type()
    {
        OptimizerState<double> state = new SignDescent(0.25).CreateState<double>(3);
        double[] parameters = [1, 1, 1];
        state.Step(parameters, [7, -0.1, 0]);

        Assert.Equal([0.75, 1.25, 1], parameters);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void A_rate_is_finite_and_not_negative(double rate)
    {
        Assert.Contains("learning rate", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.GradientDescent(rate)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Momentum(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Nesterov(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.RMSProp(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.AdamW(rate));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    public void A_decay_is_at_least_zero_and_less_than_one(double decay)
    {
        Assert.Equal("momentum", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Momentum(0.1, decay)).ParamName);
        Assert.Equal("beta1", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(beta1: decay)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(beta2: decay)).ParamName);
        Assert.Equal("momentum", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Nesterov(0.1, decay)).ParamName);
        Assert.Equal("decay", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.RMSProp(decay: decay)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.AdamW(beta2: decay)).ParamName);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    [InlineData(-1e-8)]
    public void Epsilon_is_finite_and_positive(double epsilon)
    {
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(epsilon: epsilon)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.AdamW(epsilon: epsilon)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.RMSProp(epsilon: epsilon)).ParamName);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void A_weight_decay_is_finite_and_not_negative(double decay) =>
        Assert.Equal("decay", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.AdamW(decay: decay)).ParamName);

    [Fact]
    public void Blocks_of_another_length_are_refused()
    {
        OptimizerState<double> state = Optimizer.GradientDescent(0.1).CreateState<double>(3);

        Assert.Throws<ArgumentException>(() => state.Step(new double[4], new double[3]));
        Assert.Throws<ArgumentException>(() => state.Step(new double[3], new double[4]));
        Assert.Equal(0, state.Steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam().CreateState<float>(-1));
    }

    private static void CheckSteps(Optimizer optimizer, int length, double[][] expected)
    {
        CheckSteps<double>(optimizer, length, expected, 1e-14);
        CheckSteps<float>(optimizer, length, expected, 1e-6);
    }

    private static void CheckSteps<T>(Optimizer optimizer, int length, double[][] expected, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OptimizerState<T> state = optimizer.CreateState<T>(length);
        T[] parameters = Repeat<T>(s_start, length);
        for (int step = 0; step < expected.Length; step++)
        {
            state.Step(parameters, Repeat<T>(s_gradients[step], length));
            Assert.All(parameters.Index(), p => Assert.Equal(expected[step][p.Index % 3], double.CreateChecked(p.Item), tolerance));
        }
    }

    private static T[] Repeat<T>(double[] values, int length)
        where T : INumberBase<T> =>
        [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(values[i % values.Length]))];

    private sealed class SignDescent(double rate) : Optimizer(rate)
    {
        protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece)
        {
            T rate = T.CreateTruncating(piece.Rate);
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= rate * T.CreateTruncating(T.Sign(gradients[i]));
            }
        }
    }
}
