using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

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

    [Fact]
    public void The_newest_are_kept_and_a_network_loads_them()
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        net.Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 5, BatchSize = 10, Checkpoints = new(_folder) { Keep = 2 } });

        Assert.Equal(
            ["checkpoint-0000000016.safetensors", "checkpoint-0000000020.safetensors"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        ParameterBlock<float> loaded = NetworkStorage.Load<float>(net.Shape, Path.Combine(_folder, "checkpoint-0000000020.safetensors"));
        Assert.Equal(net.Parameters.Span.ToArray(), loaded.Span.ToArray());
    }

    [Fact]
    public void Nothing_is_left_behind_and_strange_files_stay()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "checkpoint-best.safetensors"), "mine");

        TrainingData.XorNetwork<float>().Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 2, Checkpoints = new(_folder) { Keep = 1 } });

        Assert.Equal(["checkpoint-0000000004.safetensors", "checkpoint-best.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Other_options_are_refused_and_the_network_stays_as_it_was()
    {
        TrainingData.XorNetwork<float>().Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 1, Checkpoints = new(_folder) });
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>(seed: 5);
        float[] before = net.Parameters.Span.ToArray();

        ArgumentException refused = Assert.Throws<ArgumentException>(() => net.Fit(
            TrainingData.Xor<float>(41, seed: 1),
            new() { Seed = 3, BatchSize = 16, Optimizer = Optimizer.Momentum(0.1), EarlyStopping = new(), Checkpoints = new(_folder) }));

        Assert.StartsWith("Xor.Fit: nothing was trained: training cannot go on from ", refused.Message, StringComparison.Ordinal);
        Assert.All(
            [
                "examples of training data: the checkpoint was written with 40, but now it is 41",
                "BatchSize: the checkpoint was written with 32, but now it is 16",
                "Seed: the checkpoint was written with 0, but now it is 3",
                "the best weights are kept: the checkpoint was written with False, but now it is True",
                "Optimizer: the checkpoint was written with AdamOptimizer, but now it is MomentumOptimizer",
            ],
            difference => Assert.Contains(difference, refused.Message, StringComparison.Ordinal));
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void Another_networks_checkpoint_is_refused_by_its_tensor()
    {
        TrainingData.XorNetwork<float>().Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 1, Checkpoints = new(_folder) });
        ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
        float[] before = net.Parameters.Span.ToArray();

        NetworkFileException refused = Assert.Throws<NetworkFileException>(
            () => net.Fit(TrainingData.Corners<float>(40, seed: 1), new() { Epochs = 1, Checkpoints = new(_folder) }));

        Assert.Contains("the tensor '2.weight' of Corners [2, 8, 4] is F32 [4, 8], but in the checkpoint it is F32 [1, 8]", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_file_of_a_network_alone_is_no_checkpoint()
    {
        Directory.CreateDirectory(_folder);
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        NetworkStorage.Save(net.Parameters, Path.Combine(_folder, "checkpoint-0000000001.safetensors"));

        NetworkFileException refused = Assert.Throws<NetworkFileException>(
            () => net.Fit(TrainingData.Xor<float>(40, seed: 1), new() { Checkpoints = new(_folder) }));

        Assert.Contains("it is no checkpoint of Fit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_one_before_usable()
    {
        float[] straight = Train("a");

        // A folder of that name is in the way of the second checkpoint, as a full disk would be.
        string folder = Path.Combine(_folder, "b");
        string inTheWay = Path.Combine(folder, "checkpoint-0000000008.safetensors", "x");
        Directory.CreateDirectory(inTheWay);
        IOException failed = Assert.Throws<IOException>(() => Train("b"));
        Assert.StartsWith($"Xor.Fit: the checkpoint '{Path.GetDirectoryName(inTheWay)}' could not be written", failed.Message, StringComparison.Ordinal);
        Assert.Contains("checkpoint-0000000004.safetensors' is intact", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-0000000004.safetensors"], Directory.GetFiles(folder).Select(Path.GetFileName));

        Directory.Delete(Path.GetDirectoryName(inTheWay)!, recursive: true);
        Assert.Equal(straight, Train("b"));

        float[] Train(string name)
        {
            ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
            net.Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 3, BatchSize = 10, Checkpoints = new(Path.Combine(_folder, name)) });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_message()
    {
        TrainingData.XorNetwork<float>().Fit(TrainingData.Xor<float>(40, seed: 1), new() { Epochs = 1, Checkpoints = new(_folder) });

        ArgumentException refused = Assert.Throws<ArgumentException>(() => TrainingData.XorNetwork<float>().Fit(
            TrainingData.Xor<float>(40, seed: 1),
            new()
            {
                Epochs = -1,
                TimeLimit = TimeSpan.FromSeconds(-1),
                ProgressInterval = TimeSpan.FromSeconds(-2),
                EarlyStopping = new() { Patience = 0, MinChange = double.NaN },
                Checkpoints = new(_folder) { EveryEpochs = -1, Keep = 0, Resume = false },
            }));

        Assert.Equal(
            "Xor.Fit: nothing was trained: Epochs is -1, but cannot be negative; TimeLimit is -00:00:01, but cannot be negative; "
            + "ProgressInterval is -00:00:02, but cannot be negative; EarlyStopping.Patience is 0, but is at least 1; "
            + "EarlyStopping.MinChange is NaN, but is finite and not negative; "
            + "Checkpoints come every -1 epochs, 0 steps or , but none of these can be negative; Checkpoints.Keep is 0, but is at least 1; "
            + $"Checkpoints.Resume is false, but there is '{Path.Combine(_folder, "checkpoint-0000000002.safetensors")}' of an earlier training; resume it, delete it, or choose another folder.",
            refused.Message);
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
