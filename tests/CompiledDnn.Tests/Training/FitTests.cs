using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class FitTests
{
    [Fact]
    public void Fit_reads_as_in_the_design()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        Dataset<float> train = TrainingData.Xor<float>(200, seed: 1);
        Dataset<float> test = TrainingData.Xor<float>(100, seed: 2);

        TrainingHistory history = net.Fit(train, new() { Epochs = 100, BatchSize = 32, Optimizer = Optimizer.Adam(1e-2), Validation = test });

        Assert.Equal(100, history.Epochs.Count);
        Assert.Equal(1.0, history.Last!.Accuracy);
        Assert.Equal(1.0, history.Last.ValidationAccuracy);
        Assert.InRange(history.Last.ValidationCost!.Value, 0, 0.1);
        Assert.False(history.WasCancelled);
    }

    [Fact]
    public void It_learns_classes_from_labels()
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        Evaluation before = net.Evaluate(TrainingData.Corners<double>(100, seed: 2));

        net.Fit(TrainingData.Corners<double>(200, seed: 1), new() { Epochs = 30, Optimizer = Optimizer.Momentum(0.1) });

        Evaluation after = net.Evaluate(TrainingData.Corners<double>(100, seed: 2));
        Assert.InRange(before.Accuracy!.Value, 0, 0.9);
        Assert.Equal(1.0, after.Accuracy);
        Assert.InRange(after.Cost, 0, 0.05);
    }

    [Fact]
    public void It_learns_a_line_and_gives_regression_no_accuracy()
    {
        ReferenceNetwork<double> net = TrainingData.LineNetwork<double>();

        TrainingHistory history = net.Fit(
            TrainingData.Line<double>(50), new() { Epochs = 100, BatchSize = 10, Optimizer = Optimizer.GradientDescent(0.1), Validation = TrainingData.Line<double>(7) });

        Assert.Equal(2, net.Parameters.WeightView(1)[0, 0], 1e-6);
        Assert.Equal(1, net.Parameters.BiasView(1)[0], 1e-6);
        Assert.Null(history.Last!.Accuracy);
        Assert.Null(history.Last.ValidationAccuracy);
        Assert.InRange(history.Last.ValidationCost!.Value, 0, 1e-10);
    }

    [Fact]
    public void The_defaults_are_a_hundred_epochs_of_Adam_in_batches_of_32()
    {
        TrainingHistory history = TrainingData.LineNetwork<float>().Fit(TrainingData.Line<float>(65));

        Assert.Equal(100, history.Epochs.Count);
        Assert.Equal(300, history.Steps);
        AdamOptimizer adam = Assert.IsType<AdamOptimizer>(new TrainingOptions<float>().Optimizer);
        Assert.Equal((1e-3, 0.9, 0.999, 1e-8), (adam.Rate, adam.Beta1, adam.Beta2, adam.Epsilon));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_full_batch_is_one_step_by_hand(bool shuffle)
    {
        ReferenceNetwork<double> fitted = TrainingData.XorNetwork<double>();
        ReferenceNetwork<double> byHand = TrainingData.XorNetwork<double>();
        Dataset<double> data = TrainingData.Xor<double>(20, seed: 1);

        TrainingHistory history = fitted.Fit(
            data,
            new() { Epochs = 1, BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.GradientDescent(0.5), Shuffle = shuffle });

        NetworkWorkspace<double> state = byHand.CreateWorkspace(20);
        double cost = byHand.DescendStep(data.X.Span, data.Y.Span, state, 0.5);
        Assert.Equal(byHand.Parameters.Span.ToArray(), fitted.Parameters.Span.ToArray());
        Assert.Equal(cost, history.Epochs[0].Cost, 1e-15);
        Assert.Equal(1, history.Steps);
    }

    [Fact]
    public void Batches_come_in_the_shuffled_order_and_the_last_one_has_what_is_left()
    {
        ReferenceNetwork<double> fitted = TrainingData.CornerNetwork<double>();
        ReferenceNetwork<double> byHand = TrainingData.CornerNetwork<double>();
        Dataset<double> data = TrainingData.Corners<double>(10, seed: 1);

        TrainingHistory history = fitted.Fit(data, new() { Epochs = 2, BatchSize = 4, Optimizer = Optimizer.GradientDescent(0.5), Seed = 9 });

        NetworkWorkspace<double> state = byHand.CreateWorkspace(4);
        var shuffler = new Shuffler(10, seed: 9);
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            double costs = 0;
            foreach (int[] batch in shuffler.Shuffle(epoch).ToArray().Chunk(4))
            {
                double[] x = [.. batch.SelectMany(i => data.Row(i).ToArray())];
                int[] labels = [.. batch.Select(data.Label)];
                costs += batch.Length * byHand.DescendStep(x, labels, state, 0.5);
            }

            Assert.Equal(costs / 10, history.Epochs[epoch - 1].Cost, 1e-14);
        }

        Assert.Equal(byHand.Parameters.Span.ToArray(), fitted.Parameters.Span.ToArray());
        Assert.Equal(6, history.Steps);
    }

    [Fact]
    public void The_seed_decides_the_order_and_nothing_else_does()
    {
        float[] first = Train(seed: 1, shuffle: true);

        Assert.Equal(first, Train(seed: 1, shuffle: true));
        Assert.NotEqual(first, Train(seed: 2, shuffle: true));
        Assert.NotEqual(first, Train(seed: 1, shuffle: false));
        Assert.Equal(Train(seed: 1, shuffle: false), Train(seed: 2, shuffle: false));

        static float[] Train(int seed, bool shuffle)
        {
            ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
            net.Fit(TrainingData.Xor<float>(50, seed: 1), new() { Epochs = 3, BatchSize = 8, Seed = seed, Shuffle = shuffle });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_it()
    {
        ReferenceNetwork<float> small = TrainingData.XorNetwork<float>();
        ReferenceNetwork<float> large = TrainingData.XorNetwork<float>();
        Dataset<float> data = TrainingData.Xor<float>(12, seed: 1);

        small.Fit(data, new() { Epochs = 2, BatchSize = TrainingOptions.FullBatch });
        large.Fit(data, new() { Epochs = 2, BatchSize = int.MaxValue });

        Assert.Equal(small.Parameters.Span.ToArray(), large.Parameters.Span.ToArray());
    }

    [Fact]
    public void Training_changes_the_networks_own_block_and_no_padding()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        ParameterBlock<float> block = net.Parameters;
        net.Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 3 });

        Assert.Same(block, net.Parameters);
        Assert.All(block.W(1).ToArray().Index().Where(w => w.Index % 16 >= 2), w => Assert.Equal(0, w.Item));
        Assert.All(block.B(2)[1..].ToArray(), b => Assert.Equal(0, b));
        Assert.NotEqual(0, block.B(2)[0]);
    }

    [Fact]
    public void No_epochs_change_nothing()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        float[] before = net.Parameters.Span.ToArray();

        TrainingHistory history = net.Fit(TrainingData.Xor<float>(8, seed: 1), new() { Epochs = 0 });

        Assert.Empty(history.Epochs);
        Assert.Null(history.Last);
        Assert.False(history.WasCancelled);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void Validation_is_an_evaluation_after_the_epoch()
    {
        ReferenceNetwork<double> net = TrainingData.XorNetwork<double>();
        Dataset<double> test = TrainingData.Xor<double>(300, seed: 2);

        EpochRecord last = net.Fit(TrainingData.Xor<double>(60, seed: 1), new() { Epochs = 2, Validation = test }).Last!;

        Evaluation evaluation = net.Evaluate(test);
        Assert.Equal(evaluation.Cost, last.ValidationCost);
        Assert.Equal(evaluation.Accuracy, last.ValidationAccuracy);
        Assert.Equal(2, last.Epoch);
        Assert.InRange(last.Seconds, double.Epsilon, double.MaxValue);
    }

    [Fact]
    public void Progress_is_told_once_an_epoch()
    {
        var told = new List<TrainingProgress>();
        Dataset<float> data = TrainingData.Xor<float>(50, seed: 1);

        TrainingHistory history = TrainingData.XorNetwork<float>().Fit(
            data, new() { Epochs = 3, BatchSize = 20, Validation = data, Progress = new Listener(told.Add) });

        Assert.Equal([(1, 3L), (2, 6L), (3, 9L)], told.Select(p => (p.Epoch, p.Step)));
        Assert.All(told, p => Assert.Equal((3, 3, 3), (p.Epochs, p.StepsPerEpoch, p.StepInEpoch)));
        Assert.Equal(
            history.Epochs.Select(e => (e.Cost, e.Accuracy, e.ValidationCost, e.ValidationAccuracy)),
            told.Select(p => (p.Cost, p.Accuracy, p.ValidationCost, p.ValidationAccuracy)));
        Assert.Equal(told.Select(p => p.Elapsed).Order(), told.Select(p => p.Elapsed));
    }

    [Fact]
    public void Cancelled_after_an_epoch_it_returns_the_history_so_far()
    {
        using var source = new CancellationTokenSource();
        var progress = new Listener(p =>
        {
            if (p.Epoch == 2)
            {
                source.Cancel();
            }
        });

        TrainingHistory history = TrainingData.XorNetwork<float>().Fit(
            TrainingData.Xor<float>(50, seed: 1), new() { BatchSize = 10, Progress = progress, CancellationToken = source.Token });

        Assert.True(history.WasCancelled);
        Assert.Equal([1, 2], history.Epochs.Select(e => e.Epoch));
        Assert.Equal(10, history.Steps);
    }

    [Fact]
    public void Cancelled_in_an_epoch_it_stops_after_the_step_under_way()
    {
        using var source = new CancellationTokenSource();
        ReferenceNetwork<float> net = TrainingData.LineNetwork<float>();

        TrainingHistory history = net.Fit(
            TrainingData.Line<float>(50), new() { BatchSize = 10, Optimizer = new CancelInStep(7, source), CancellationToken = source.Token });

        Assert.True(history.WasCancelled);
        Assert.Single(history.Epochs);
        Assert.Equal(7, history.Steps);
        Assert.Equal(7, net.Parameters.BiasView(1)[0]);
    }

    [Fact]
    public void Cancelled_before_it_begins_it_changes_nothing()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        float[] before = net.Parameters.Span.ToArray();

        TrainingHistory history = net.Fit(TrainingData.Xor<float>(50, seed: 1), new() { CancellationToken = new CancellationToken(canceled: true) });

        Assert.True(history.WasCancelled);
        Assert.Empty(history.Epochs);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private sealed class Listener(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }

    // Sets every parameter to the number of the step, and cancels in one of them.
    private sealed class CancelInStep(int step, CancellationTokenSource source) : Optimizer(0)
    {
        protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece)
        {
            parameters.Fill(T.CreateChecked(piece.Steps));
            if (piece.Steps == step)
            {
                source.Cancel();
            }
        }
    }
}
