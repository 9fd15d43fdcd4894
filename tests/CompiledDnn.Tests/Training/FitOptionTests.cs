using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Schedules, penalties, clipping, metrics and L-BFGS as Fit uses them; each by itself is tested beside PyTorch.</summary>
public class FitOptionTests
{
    [Fact]
    public void A_schedule_sets_the_rate_of_every_step()
    {
        var rates = new List<double>();
        TrainingHistory history = Train(new() { Epochs = 4, BatchSize = 10, Schedule = Schedule.Step(2, 0.5), Optimizer = Optimizer.Momentum(0.4), Callbacks = [new Rates(rates)] });

        Assert.Equal([0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2], rates);
        Assert.Equal([0.4, 0.4, 0.2, 0.2], history.Epochs.Select(e => e.Rate!.Value));
    }

    [Fact]
    public void One_cycle_rises_and_falls_over_all_steps()
    {
        var rates = new List<double>();
        Train(new() { Epochs = 5, BatchSize = 10, Schedule = Schedule.OneCycle(rise: 0.5), Optimizer = Optimizer.Momentum(0.4), Callbacks = [new Rates(rates)] });

        Assert.Equal(10, rates.Count);
        Assert.Equal(0.4 / 25, rates[0], 1e-12);
        Assert.Equal(0.4 / 25 / 1e4, rates[^1], 1e-12);
        Assert.InRange(rates.Max(), 0.38, 0.4);
    }

    [Fact]
    public void On_a_plateau_the_rate_falls()
    {
        // With so small a rate the cost hardly changes.
        var rates = new List<double>();
        Train(new()
        {
            Epochs = 7,
            BatchSize = 20,
            Schedule = Schedule.ReduceOnPlateau(0.5, patience: 2),
            Optimizer = Optimizer.GradientDescent(1e-6),
            Callbacks = [new Rates(rates)],
        });

        Assert.Equal([1e-6, 1e-6, 1e-6, 1e-6, 5e-7, 5e-7, 5e-7], rates);
    }

    [Fact]
    public void Penalties_are_those_of_weights_alone()
    {
        Dataset<double> data = TrainingData.Xor<double>(20, seed: 1);
        ReferenceNetwork<double> net = TrainingData.XorNetwork<double>();
        ReferenceNetwork<double> byHand = TrainingData.XorNetwork<double>();
        NetworkWorkspace<double> state = byHand.CreateWorkspace(20);

        TrainingHistory history = net.Fit(
            data, new() { Epochs = 3, BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.GradientDescent(0.5), L1 = 0.01, L2 = 0.1 });

        double cost = 0;
        for (int step = 0; step < 3; step++)
        {
            byHand.Forward(data.X.Span, state);
            cost = byHand.Cost(data.Y.Span, state);
            byHand.OutputGradient(data.Y.Span, state);
            byHand.Backward(data.X.Span, state);
            foreach (LayerInfo layer in byHand.Shape.Layers.ToArray())
            {
                Span<double> dw = state.DWBlock(layer.Index);
                for (int i = 0; i < dw.Length; i++)
                {
                    double w = byHand.Parameters.W(layer.Index)[i];
                    dw[i] += (0.01 * Math.Sign(w)) + (0.1 * w);
                }
            }

            byHand.Update(state, 0.5);
        }

        Assert.Equal(cost, history.Last!.Cost, 1e-14);
        Assert.All(byHand.Parameters.Span.ToArray().Zip(net.Parameters.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void A_clipped_gradient_is_no_longer_than_its_limit()
    {
        ReferenceNetwork<double> net = TrainingData.XorNetwork<double>();
        double[] before = net.Parameters.Span.ToArray();

        net.Fit(TrainingData.Xor<double>(20, seed: 1), new() { Epochs = 1, BatchSize = 20, Optimizer = Optimizer.GradientDescent(1), ClipNorm = 0.01 });

        double moved = Math.Sqrt(net.Parameters.Span.ToArray().Zip(before, (after, start) => (after - start) * (after - start)).Sum());
        Assert.Equal(0.01, moved, 1e-5);
    }

    [Fact]
    public void Metrics_are_measured_on_both_data_and_early_stopping_may_watch_one()
    {
        Dataset<double> test = TrainingData.Corners<double>(20, seed: 2);
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();

        TrainingHistory history = net.Fit(
            TrainingData.Corners<double>(40, seed: 1),
            new()
            {
                Epochs = 60,
                BatchSize = 10,
                Optimizer = Optimizer.Adam(0.05),
                Validation = test,
                Metrics = [Metric.TopK(2)],
                EarlyStopping = new() { Metric = Metric.F1(), Patience = 3 },
                KeepStepCosts = true,
            });

        string topK = Metric.TopK(2).Name, f1 = Metric.F1().Name;
        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.All(history.Epochs, e => Assert.Equal([topK, f1], e.Metrics.Keys));
        Assert.All(history.Epochs, e => Assert.Equal([topK, f1], e.ValidationMetrics.Keys));
        Assert.Equal(1, history.Last!.ValidationMetrics[f1]);
        Assert.Equal(history.Epochs.Count - 3, history.Epochs.First(e => e.ValidationMetrics[f1] == 1).Epoch);
        Assert.Equal(net.Evaluate(test, [Metric.F1()]).Metrics[f1], history.Last.ValidationMetrics[f1]);
        Assert.Equal(history.Steps, history.StepCosts.Count);
        Assert.Equal(history.Epochs[0].Cost, history.StepCosts.Take(4).Average(step => step.Cost), 1e-12);
    }

    [Fact]
    public void LBFGS_finds_the_line_and_says_that_it_has_converged()
    {
        ReferenceNetwork<double> net = TrainingData.LineNetwork<double>();

        TrainingHistory history = net.Fit(
            TrainingData.Line<double>(50), new() { BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.LBFGS() });

        Assert.Equal(StopReason.Converged, history.StopReason);
        Assert.InRange(history.Steps, 2, 20);
        Assert.Equal(2, net.Parameters.WeightView(1)[0, 0], 1e-6);
        Assert.Equal(1, net.Parameters.BiasView(1)[0], 1e-6);
        Assert.InRange(history.Last!.Cost, 0, 1e-12);
    }

    [Fact]
    public void LBFGS_takes_weights_of_examples()
    {
        ReferenceNetwork<double> net = TrainingData.LineNetwork<double>();
        Dataset<double> two = Dataset.FromRows(new double[] { 0, 0, 1 }, 1, new double[] { 0, 4, 1 }, 1).WithWeights(new double[] { 3, 1, 1 });

        net.Fit(two, new() { BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.LBFGS() });

        // At 0 the mean of 0, 0, 0 and 4; at 1 the only target.
        Assert.Equal(1, net.Parameters.BiasView(1)[0], 1e-5);
        Assert.Equal(0, net.Parameters.WeightView(1)[0, 0], 1e-5);
    }

    [Fact]
    public void What_an_optimiser_of_the_whole_batch_cannot_do_is_refused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => Train(new() { Optimizer = Optimizer.LBFGS(), ClipValue = 1, L1 = -1 }));

        Assert.Equal(
            "Xor.Fit: nothing was trained: L1 is -1, but is finite and not negative; 0 is off; "
            + "LBFGSOptimizer needs all examples in one batch, but BatchSize is 32; give TrainingOptions.FullBatch; "
            + "LBFGSOptimizer does not go with L1 or with clipping, because it needs the gradient of the cost as it is.",
            refused.Message);
    }

    private static TrainingHistory Train(TrainingOptions<double> options) =>
        TrainingData.XorNetwork<double>().Fit(TrainingData.Xor<double>(20, seed: 1), options);

    private sealed class Rates(List<double> rates) : TrainingCallback<double>
    {
        public override void OnBatchEnd(TrainingContext<double> training) => rates.Add(training.Rate);
    }
}
