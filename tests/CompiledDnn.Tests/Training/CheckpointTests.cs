using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>A training that goes on from a checkpoint ends with the bits of one that was never interrupted.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public static TheoryData<string> Optimizers => [.. OptimizersByName.Keys];

    private static Dictionary<string, Func<Optimizer>> OptimizersByName { get; } = new()
    {
        ["descent"] = () => Optimizer.GradientDescent(0.1),
        ["momentum"] = () => Optimizer.Momentum(0.05),
        ["adam"] = () => Optimizer.Adam(0.02),
        ["adamw"] = () => Optimizer.AdamW(0.02),
        ["rmsprop"] = () => Optimizer.RMSProp(0.02),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Killed_after_any_step_and_resumed_it_ends_with_the_same_bits(string optimizer)
    {
        (float[] weights, TrainingHistory history) = Train(optimizer, killAfter: null);
        Assert.Equal(15, history.Steps);

        for (int step = 1; step < 15; step++)
        {
            Assert.Throws<Killed>(() => Train(optimizer, step));
            (float[] resumed, TrainingHistory after) = Train(optimizer, killAfter: null);

            Assert.Equal(weights, resumed);
            Assert.Equal(history.Epochs.Select(e => e with { Seconds = 0 }), after.Epochs.Select(e => e with { Seconds = 0 }));
            Assert.Equal(history.Steps, after.Steps);
            Assert.Equal(history.StepCosts, after.StepCosts);
        }

        (float[] Weights, TrainingHistory History) Train(string name, int? killAfter)
        {
            if (killAfter is not null)
            {
                Dispose();
            }

            ReferenceNetwork<float> net = TrainingData.XorNetwork<float>(seed: 1);
            TrainingHistory trained = net.Fit(
                TrainingData.Xor<float>(50, seed: 1),
                new()
                {
                    Epochs = 3,
                    BatchSize = 11,
                    Seed = 4,
                    Optimizer = OptimizersByName[name](),
                    Validation = TrainingData.Xor<float>(20, seed: 2),
                    EarlyStopping = new() { Metric = Metric.RocAuc },
                    Schedule = Schedule.WarmUp(4, Schedule.ReduceOnPlateau(0.5, patience: 0)),
                    Metrics = [Metric.LogLoss],
                    ClassWeights = [1, 2],
                    L2 = 0.01,
                    KeepStepCosts = true,
                    Checkpoints = new(_folder) { EverySteps = 2 },
                    Callbacks = [new Killer(killAfter)],
                });
            return (net.Parameters.Span.ToArray(), trained);
        }
    }

    [Fact]
    public void LBFGS_goes_on_from_its_memory()
    {
        double[] straight = Train(12, "a");
        Train(5, "b");

        Assert.Equal(straight, Train(12, "b"));

        double[] Train(int epochs, string folder)
        {
            ReferenceNetwork<double> net = TrainingData.XorNetwork<double>();
            TrainingHistory history = net.Fit(
                TrainingData.Xor<double>(40, seed: 1),
                new()
                {
                    Epochs = epochs,
                    BatchSize = TrainingOptions.FullBatch,
                    Optimizer = Optimizer.LBFGS(),
                    L2 = 1e-3,
                    Checkpoints = new(Path.Combine(_folder, folder)),
                });
            Assert.Equal(epochs, history.Steps);
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_rate_that_a_callback_changed_is_resumed_too()
    {
        float[] straight = Train(null, "a");
        Assert.Throws<Killed>(() => Train(9, "b"));

        Assert.Equal(straight, Train(null, "b"));

        float[] Train(int? killAfter, string folder)
        {
            ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
            net.Fit(
                TrainingData.Xor<float>(40, seed: 1),
                new()
                {
                    Epochs = 4,
                    BatchSize = 10,
                    Optimizer = Optimizer.Momentum(0.1),
                    Checkpoints = new(Path.Combine(_folder, folder)),
                    Callbacks = [new Halving(), new Killer(killAfter)],
                });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_finished_training_is_extended_from_its_last_weights_not_from_its_best()
    {
        float[] straight = Train(8, "a");
        Train(3, "b");

        Assert.Equal(straight, Train(8, "b"));

        float[] Train(int epochs, string folder)
        {
            ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
            net.Fit(
                TrainingData.Corners<float>(40, seed: 1),
                new()
                {
                    Epochs = epochs,
                    BatchSize = 10,
                    Optimizer = Optimizer.GradientDescent(3),
                    Validation = TrainingData.Corners<float>(20, seed: 3),
                    EarlyStopping = new() { Patience = int.MaxValue },
                    Checkpoints = new(Path.Combine(_folder, folder)),
                });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_cancelled_training_goes_on_in_the_middle_of_its_epoch()
    {
        float[] straight = Train(CancellationToken.None, [], "a");
        using var source = new CancellationTokenSource();
        Train(source.Token, [new Canceller(source, step: 6)], "b");

        Assert.Equal(straight, Train(CancellationToken.None, [], "b"));

        float[] Train(CancellationToken token, TrainingCallback<float>[] callbacks, string folder)
        {
            ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
            net.Fit(
                TrainingData.Xor<float>(40, seed: 1),
                new() { Epochs = 3, BatchSize = 10, Checkpoints = new(Path.Combine(_folder, folder)) { EveryEpochs = 0 }, Callbacks = callbacks, CancellationToken = token });
            return net.Parameters.Span.ToArray();
        }
    }

    private sealed class Killed : Exception;

    private sealed class Killer(int? step) : TrainingCallback<float>
    {
        public override void OnBatchEnd(TrainingContext<float> training)
        {
            if (training.Step == step)
            {
                throw new Killed();
            }
        }
    }

    private sealed class Canceller(CancellationTokenSource source, int step) : TrainingCallback<float>
    {
        public override void OnBatchEnd(TrainingContext<float> training)
        {
            if (training.Step == step)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Halving : TrainingCallback<float>
    {
        public override void OnEpochEnd(TrainingContext<float> training) => training.BaseRate /= 2;
    }
}
