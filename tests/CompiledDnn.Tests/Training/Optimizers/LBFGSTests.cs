using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>L-BFGS on functions whose minimum is known.</summary>
[Collection(nameof(MeasuredAllocations))]
public class LBFGSTests
{
    [Fact]
    public void It_finds_the_minimum_of_a_quadratic_function()
    {
        // Double: a derivative that counts as zero, 1e-7, over the least curvature, 0.1.
        Quadratic<double>(1e-6);
        Quadratic<float>(1e-3);
    }

    [Fact]
    public void It_follows_a_curved_valley_to_its_end()
    {
        var valley = new Objective<double>([-1.2, 1], (w, g) =>
        {
            double a = 1 - w[0], b = w[1] - (w[0] * w[0]);
            g[0] = (-2 * a) - (400 * w[0] * b);
            g[1] = 200 * b;
            return (a * a) + (100 * b * b);
        });
        var step = new LBFGSStep<double>(Create<double>(2), valley);
        double before = double.PositiveInfinity;
        WholeBatchOutcome outcome;
        int steps = 0;
        while ((outcome = step.Run()) == WholeBatchOutcome.Moved)
        {
            Assert.True(step.Cost < before);
            before = step.Cost;
            Assert.True(++steps < 60);
        }

        // SciPy's L-BFGS-B takes 36 iterations and 45 evaluations from the same start.
        Assert.Equal(WholeBatchOutcome.Converged, outcome);
        Assert.Equal(1, valley.Parameters[0], 1e-6);
        Assert.Equal(1, valley.Parameters[1], 1e-6);
        Assert.InRange(valley.Evaluations, 20, 70);
    }

    [Fact]
    public void It_steps_back_from_where_the_cost_is_not_finite()
    {
        // w − log w, which is NaN below 0: from 0.001 the first direction leads to 1000 and later ones below 0.
        var barrier = new Objective<double>([1e-3, 50], (w, g) =>
        {
            double sum = 0;
            for (int i = 0; i < w.Length; i++)
            {
                g[i] = 1 - (1 / w[i]);
                sum += w[i] - Math.Log(w[i]);
            }

            return sum;
        });
        var step = new LBFGSStep<double>(Create<double>(2, rate: 100), barrier);
        Assert.Equal(WholeBatchOutcome.Converged, RunToEnd(step));
        Assert.Equal(1, barrier.Parameters[0], 1e-4);
        Assert.Equal(1, barrier.Parameters[1], 1e-4);
        Assert.True(barrier.SawNonFinite);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NaN)]
    public void A_start_that_is_not_finite_changes_nothing(double cost, double gradient)
    {
        var broken = new Objective<double>([3, 4], (_, g) =>
        {
            g.Fill(gradient);
            return cost;
        });
        OptimizerState<double> state = Create<double>(2);

        Assert.Equal(WholeBatchOutcome.NotFinite, new LBFGSStep<double>(state, broken).Run());
        Assert.Equal([3, 4], broken.Parameters.ToArray());
        Assert.Equal(0, state.Steps);
    }

    [Fact]
    public void A_direction_that_leads_up_is_replaced_by_steepest_descent()
    {
        Objective<double> bowl = Bowl<double>(8);
        OptimizerState<double> state = Create<double>(8);
        var step = new LBFGSStep<double>(state, bowl);
        step.Run();
        double before = step.Cost;

        // The remembered curvature with the wrong sign turns the direction around.
        state.Slot("s0").Clear();
        state.Numbers[4] = -1;

        Assert.Equal(WholeBatchOutcome.Moved, step.Run());
        Assert.True(step.Cost < before);
        Assert.Equal(WholeBatchOutcome.Converged, RunToEnd(step));
    }

    [Fact]
    public void A_gradient_that_does_not_belong_to_the_cost_leaves_the_parameters_alone()
    {
        var liar = new Objective<double>([1, 1], (w, g) =>
        {
            g[0] = -2 * w[0];
            g[1] = -2 * w[1];
            return (w[0] * w[0]) + (w[1] * w[1]);
        });
        OptimizerState<double> state = Create<double>(2);

        Assert.Equal(WholeBatchOutcome.Stuck, new LBFGSStep<double>(state, liar).Run());
        Assert.Equal([1, 1], liar.Parameters.ToArray());
        Assert.Equal(0, state.Steps);
    }

    [Fact]
    public void A_copy_of_its_memory_goes_on_to_the_same_bits()
    {
        Objective<float> bowl = Bowl<float>(20), other = Bowl<float>(20);
        OptimizerState<float> state = Create<float>(20, history: 3), copy = Create<float>(20, history: 3);
        var step = new LBFGSStep<float>(state, bowl);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(WholeBatchOutcome.Moved, step.Run());
        }

        bowl.Parameters.CopyTo(other.Parameters);
        state.Numbers.CopyTo(copy.Numbers);
        foreach (string name in state.Optimizer.Slots)
        {
            state.Slot(name).CopyTo(copy.Slot(name));
        }

        var resumed = new LBFGSStep<float>(copy, other);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(step.Run(), resumed.Run());
            Assert.Equal(step.Cost, resumed.Cost);
            Assert.Equal(bowl.Parameters.ToArray(), other.Parameters.ToArray());
        }
    }

    [Fact]
    public void Once_it_has_converged_it_stays()
    {
        Objective<double> bowl = Bowl<double>(4);
        OptimizerState<double> state = Create<double>(4);
        var step = new LBFGSStep<double>(state, bowl);
        RunToEnd(step);
        double[] end = bowl.Parameters.ToArray();

        Assert.Equal(WholeBatchOutcome.Converged, step.Run());
        Assert.Equal(end, bowl.Parameters.ToArray());
        Assert.Equal(step.Cost, bowl.Evaluate());
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Objective<float> bowl = Bowl<float>(30);
        var step = new LBFGSStep<float>(Create<float>(30), bowl);
        step.Run();
        int moves = 0;

        MeasuredAllocations.None(() => moves += step.Run() == WholeBatchOutcome.Moved ? 1 : 0);

        Assert.InRange(moves, 3, int.MaxValue);
    }

    [Fact]
    public void It_is_not_for_steps_in_pieces()
    {
        Optimizer optimizer = Optimizer.LBFGS();
        OptimizerState<float> state = optimizer.CreateState<float>(4);

        Assert.True(optimizer.NeedsFullBatch);
        Assert.False(Optimizer.Adam().NeedsFullBatch);
        Assert.Contains("FullBatch", Assert.Throws<NotSupportedException>(() => state.Step(new float[4], new float[4])).Message, StringComparison.Ordinal);
        Assert.Equal(0, state.Steps);
        Assert.Throws<ArgumentException>(() => new LBFGSStep<float>(Optimizer.Adam().CreateState<float>(4), Bowl<float>(4)));
        Assert.Throws<ArgumentException>(() => new LBFGSStep<float>(state, Bowl<float>(5)));
    }

    [Fact]
    public void Wrong_numbers_are_refused_by_name()
    {
        Assert.Equal("rate", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.LBFGS(-1)).ParamName);
        Assert.Equal("history", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.LBFGS(history: 0)).ParamName);
        Assert.Equal("gradientTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.LBFGS(gradientTolerance: double.NaN)).ParamName);
        Assert.Equal("costTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.LBFGS(costTolerance: -1)).ParamName);
        Assert.Equal("maxEvaluations", Assert.Throws<ArgumentOutOfRangeException>(() => new LBFGSOptimizer(maxEvaluations: 0)).ParamName);
    }

    private static void Quadratic<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Objective<T> bowl = Bowl<T>(20);
        var step = new LBFGSStep<T>(Optimizer.LBFGS(costTolerance: 0).CreateState<T>(20), bowl);

        // In float, the cost may stop falling before the gradient is small.
        Assert.NotEqual(WholeBatchOutcome.NotFinite, RunToEnd(step));
        Assert.All(bowl.Parameters.ToArray().Index(), w => Assert.Equal(w.Index, double.CreateChecked(w.Item), tolerance));
        Assert.Equal(-1, step.Cost, 1e-6);
    }

    // Σ cᵢ (wᵢ − i)² / 2 + (Σ (wᵢ − i))² / 20 − 1 with c from 0.1 to 10: −1 at wᵢ = i.
    private static Objective<T> Bowl<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new T[length], (w, g) =>
        {
            double cost = -1, sum = 0;
            for (int i = 0; i < w.Length; i++)
            {
                sum += double.CreateChecked(w[i]) - i;
            }

            for (int i = 0; i < w.Length; i++)
            {
                double c = 0.1 * Math.Pow(100, (double)i / w.Length), difference = double.CreateChecked(w[i]) - i;
                cost += c * difference * difference / 2;
                g[i] = T.CreateChecked((c * difference) + (sum / 10));
            }

            return cost + (sum * sum / 20);
        });

    private static OptimizerState<T> Create<T>(int length, int history = 10, double rate = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Optimizer.LBFGS(rate, history).CreateState<T>(length);

    private static WholeBatchOutcome RunToEnd<T>(LBFGSStep<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < 200; i++)
        {
            if (step.Run() is not WholeBatchOutcome.Moved and var outcome)
            {
                return outcome;
            }
        }

        Assert.Fail("200 steps were not enough.");
        return default;
    }

    private delegate double CostOf<T>(ReadOnlySpan<T> parameters, Span<T> gradients);

    private sealed class Objective<T>(T[] start, CostOf<T> cost) : IObjective<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _parameters = start;
        private readonly T[] _gradients = new T[start.Length];

        public int Evaluations { get; private set; }

        public bool SawNonFinite { get; private set; }

        public Span<T> Parameters => _parameters;

        public ReadOnlySpan<T> Gradients => _gradients;

        public double Evaluate()
        {
            Evaluations++;
            double value = cost(_parameters, _gradients);
            SawNonFinite |= !double.IsFinite(value);
            return value;
        }
    }
}
