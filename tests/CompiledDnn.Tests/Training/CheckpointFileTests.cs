using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Which files checkpoints leave, and what is said of those that a training cannot go on from.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
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
                Checkpoints = new(_folder) { EveryEpochs = -1, EveryInterval = TimeSpan.FromSeconds(-3), Keep = 0, Resume = false },
            }));

        Assert.Equal(
            "Xor.Fit: nothing was trained: Epochs is -1, but cannot be negative; TimeLimit is -00:00:01, but cannot be negative; "
            + "ProgressInterval is -00:00:02, but cannot be negative; EarlyStopping.Patience is 0, but is at least 1; "
            + "EarlyStopping.MinChange is NaN, but is finite and not negative; "
            + "Checkpoints.EveryEpochs is -1, but cannot be negative; Checkpoints.EveryInterval is -00:00:03, but cannot be negative; "
            + "Checkpoints.Keep is 0, but is at least 1; "
            + $"Checkpoints.Resume is false, but there is '{Path.Combine(_folder, "checkpoint-0000000002.safetensors")}' of an earlier training; resume it, delete it, or choose another folder.",
            refused.Message);
    }
}
