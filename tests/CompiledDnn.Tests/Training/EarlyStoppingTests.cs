using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class EarlyStoppingTests
{
    [Fact]
    public void It_stops_after_so_many_epochs_without_an_improvement_and_gives_back_the_best_weights()
    {
        // A rate of zero after the third epoch: nothing gets better from then on.
        ReferenceNetwork<double> net = TrainingData.XorNetwork<double>();
        double[] third = [];
        TrainingHistory history = net.Fit(
            TrainingData.Xor<double>(40, seed: 1),
            new()
            {
                Optimizer = Optimizer.GradientDescent(0.5),
                Validation = TrainingData.Xor<double>(20, seed: 2),
                EarlyStopping = new() { Patience = 4 },
                Callbacks = [new At(3, training =>
                {
                    training.BaseRate = 0;
                    third = training.Network.Parameters.Span.ToArray();
                })],
            });

        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.Equal(3 + 4, history.Epochs.Count);
        Assert.False(history.WasCancelled);
        Assert.Equal(third, net.Parameters.Span.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_best_weights_are_those_of_the_epoch_with_the_least_validation_cost(bool restore)
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        var copies = new List<double[]>();
        TrainingHistory history = net.Fit(
            TrainingData.Corners<double>(40, seed: 1),
            new()
            {
                Epochs = 12,
                BatchSize = 5,
                Optimizer = Optimizer.GradientDescent(0.2),
                Validation = TrainingData.Corners<double>(20, seed: 2),
                EarlyStopping = new() { Patience = int.MaxValue, RestoreBest = restore },
                Callbacks = [new Each(training => copies.Add(training.Network.Parameters.Span.ToArray())), new At(7, Ruin)],
            });

        int best = history.Epochs.MinBy(e => e.ValidationCost)!.Epoch;
        Assert.Equal(StopReason.AllEpochs, history.StopReason);
        Assert.Equal(7, best);
        Assert.Equal(copies[restore ? best - 1 : ^1], net.Parameters.Span.ToArray());

        static void Ruin(TrainingContext<double> training)
        {
            training.BaseRate = 0;
            training.Network.Parameters.W(2).Reverse();
        }
    }

    [Fact]
    public void A_change_that_is_too_small_is_no_improvement()
    {
        TrainingHistory history = TrainingData.XorNetwork<double>().Fit(
            TrainingData.Xor<double>(40, seed: 1),
            new() { Optimizer = Optimizer.GradientDescent(1e-6), EarlyStopping = new() { Patience = 3, MinChange = 0.1 } });

        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.Equal(1 + 3, history.Epochs.Count);
    }

    [Fact]
    public void A_callback_stops_after_its_step()
    {
        TrainingHistory history = TrainingData.XorNetwork<double>().Fit(
            TrainingData.Xor<double>(40, seed: 1), new() { BatchSize = 10, Callbacks = [new AtStep(6)] });

        Assert.Equal(StopReason.Callback, history.StopReason);
        Assert.Equal(6, history.Steps);
        Assert.Single(history.Epochs);
    }

    [Fact]
    public void No_time_is_no_step()
    {
        TrainingHistory history = TrainingData.XorNetwork<double>().Fit(TrainingData.Xor<double>(40, seed: 1), new() { TimeLimit = TimeSpan.Zero });

        Assert.Equal(StopReason.TimeLimit, history.StopReason);
        Assert.Equal(0, history.Steps);
    }

    [Fact]
    public void Progress_comes_in_the_middle_of_an_epoch_if_asked_for()
    {
        var told = new List<TrainingProgress>();
        TrainingHistory history = TrainingData.XorNetwork<float>().Fit(
            TrainingData.Xor<float>(50, seed: 1),
            new() { Epochs = 2, BatchSize = 20, Optimizer = Optimizer.Adam(0.01), Progress = new Listener(told.Add), ProgressInterval = TimeSpan.Zero });

        Assert.Equal(
            [(1, 1, false), (1, 2, false), (1, 3, false), (1, 3, true), (2, 1, false), (2, 2, false), (2, 3, false), (2, 3, true)],
            told.Select(p => (p.Epoch, p.StepInEpoch, p.IsEpochEnd)));
        Assert.All(told, p => Assert.Equal(0.01, p.Rate));
        Assert.All(told, p => Assert.InRange(p.ExamplesPerSecond, 1, double.MaxValue));
        Assert.Equal(TimeSpan.Zero, told[^1].TimeLeft);
        Assert.All(told.SkipLast(2), p => Assert.InRange(p.TimeLeft!.Value, TimeSpan.FromTicks(1), TimeSpan.MaxValue));
        Assert.Equal(history.Epochs[0].Cost, told[2].Cost);
    }

    [Fact]
    public void Diverged_it_goes_back_to_good_weights_and_names_the_layer()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        float[] before = net.Parameters.Span.ToArray();

        TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(() => net.Fit(
            TrainingData.Xor<float>(40, seed: 1),
            new()
            {
                BatchSize = 10,
                Callbacks = [new Poison(step: 3)],
                Optimizer = Optimizer.GradientDescent(0.1),
            }));

        Assert.Equal((1, 4), (diverged.Epoch, diverged.Step));
        Assert.Equal(0, diverged.RestoredStep);
        Assert.Contains("(B2 holds numbers that are not finite); the network has the weights that training began with again", diverged.Message, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void Diverged_late_it_goes_back_to_an_epoch_not_long_ago()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        var copies = new List<float[]>();

        TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(() => net.Fit(
            TrainingData.Xor<float>(40, seed: 1),
            new() { BatchSize = 10, Callbacks = [new EachFloat(training => copies.Add(training.Network.Parameters.Span.ToArray())), new Poison(step: 78)] }));

        Assert.Equal(64, diverged.RestoredStep);
        Assert.Equal(copies[(64 / 4) - 1], net.Parameters.Span.ToArray());
    }

    private sealed class Listener(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }

    private sealed class At(int epoch, Action<TrainingContext<double>> act) : TrainingCallback<double>
    {
        public override void OnEpochEnd(TrainingContext<double> training)
        {
            if (training.Epoch == epoch)
            {
                act(training);
            }
        }
    }

    private sealed class Each(Action<TrainingContext<double>> act) : TrainingCallback<double>
    {
        public override void OnEpochEnd(TrainingContext<double> training) => act(training);
    }

    private sealed class EachFloat(Action<TrainingContext<float>> act) : TrainingCallback<float>
    {
        public override void OnEpochEnd(TrainingContext<float> training) => act(training);
    }

    private sealed class AtStep(int step) : TrainingCallback<double>
    {
        public override void OnBatchEnd(TrainingContext<double> training)
        {
            if (training.Step == step)
            {
                training.Stop();
            }
        }
    }

    private sealed class Poison(int step) : TrainingCallback<float>
    {
        public override void OnBatchEnd(TrainingContext<float> training)
        {
            if (training.Step == step)
            {
                training.Network.Parameters.B(2)[0] = float.PositiveInfinity;
            }
        }
    }
}
