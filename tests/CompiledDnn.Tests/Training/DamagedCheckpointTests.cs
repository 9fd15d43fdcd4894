using CompiledDnn.Tests.Files;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Checkpoints that are damaged in every place, and some that say what no training writes.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Checkpoint => Path.Combine(_folder, "checkpoint-0000000004.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What is changed in the notes, and what the message says.</summary>
    public static TheoryData<string, string, string> Notes => new()
    {
        { "\"Version\":1", "\"Version\":2", "its notes have version 2" },
        { "\"Epoch\":3", "\"Epoch\":4", "there are records of 2 epochs, but epoch 4 is to be trained" },
        { "\"Epoch\":3", "\"Epoch\":-3", "there are records of 2 epochs, but epoch -3" },
        { "\"Epoch\":2,", "\"Epoch\":9,", "epoch 2 has no record" },
        { "\"StepInEpoch\":0", "\"StepInEpoch\":1", "4 steps are not those of the epochs and 1 more" },
        { "\"StepInEpoch\":0", "\"StepInEpoch\":-1", "4 steps are not those of the epochs and -1 more" },
        { "\"Examples\":0", "\"Examples\":7", "0 steps are not of 7 examples" },
        { "\"Examples\":0", "\"Examples\":-7", "0 steps are not of -7 examples" },
        { "\"Steps\":4", "\"Steps\":5", "5 steps are not those of the epochs and 0 more" },
        { "\"StepInEpoch\":0,\"Examples\":0,\"Steps\":4", "\"StepInEpoch\":7,\"Examples\":40,\"Steps\":11", "an epoch has no 7 steps" },
        { "\"OptimizerSteps\":4", "\"OptimizerSteps\":-4", "the optimiser took -4 steps" },
        { "\"Meter\":[", "\"Meter\":[0,", "the costs of the epoch are 5 numbers, not 4" },
        { "\"Meter\":[", "\"Meter\":null,\"Meters\":[", "its notes on the training cannot be read" },
        { "\"Setting\":{", "\"Setting\":null,\"Settings\":{", "its notes on the training cannot be read" },
        { "\"Epochs\":[", "\"Epochs\":[null,", "epoch 1 has no record" },
        { "\"StepCosts\":[]", "\"StepCosts\":null", "its notes on the training cannot be read" },
        { "\"f1\":", "\"f2\":", "the record of epoch 1 has no f1" },
        { "\"BaseRate\":", "\"BaseRates\":", "its notes on the training cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Notes))]
    public void Notes_that_no_training_writes_are_refused(string old, string changed, string reason)
    {
        Fit(Network());
        SafetensorsRewrite.Note(Checkpoint, "training", text =>
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            return text.Replace(old, changed, StringComparison.Ordinal);
        });
        ReferenceNetwork<float> net = Network(seed: 5);
        float[] before = net.Parameters.Span.ToArray();

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => Fit(net));

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(Checkpoint, refusal.File);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_network_with_other_activations_does_not_go_on()
    {
        Fit(Network());
        SafetensorsRewrite.Note(Checkpoint, "activations", static text =>
        {
            Assert.Equal("ReLU, Sigmoid", text);
            return "Tanh, Sigmoid";
        });
        ReferenceNetwork<float> net = Network(seed: 5);
        float[] before = net.Parameters.Span.ToArray();

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => Fit(net));

        Assert.Contains("the activations Tanh, Sigmoid, but those of Xor [2, 8, 1] are ReLU, Sigmoid", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    /// <summary>A tensor, the shape that it has in place of its own, and what the message says.</summary>
    public static TheoryData<string, int, string> Tensors => new()
    {
        { "training.optimizer", 3, "the optimiser has 0 numbers beside its slots, but in the checkpoint there are 3" },
        { "training.metric.f1", 3, "the metric f1 cannot go on from its numbers" },
        { "0.bias", 9, "the tensor '0.bias' of Xor [2, 8, 1] is F32 [8]" },
    };

    [Theory]
    [MemberData(nameof(Tensors))]
    public void Numbers_of_another_count_are_refused(string name, int count, string reason)
    {
        Fit(Network());
        SafetensorsRewrite.Length(Checkpoint, name, count);
        ReferenceNetwork<float> net = Network(seed: 5);
        float[] before = net.Parameters.Span.ToArray();

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => Fit(net));

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_damaged_checkpoint_is_gone_on_from_or_refused()
    {
        Fit(Network());
        byte[] whole = File.ReadAllBytes(Checkpoint);
        ReferenceNetwork<float> net = Network(seed: 5);
        float[] before = net.Parameters.Span.ToArray();

        int refused = Damage.Refusals<NetworkFileException>(
            Damage.Briefly(whole),
            file =>
            {
                foreach (string other in Directory.GetFiles(_folder))
                {
                    File.Delete(other);
                }

                File.WriteAllBytes(Checkpoint, file);
                try
                {
                    Fit(net);
                    before = net.Parameters.Span.ToArray();
                }
                catch (ArgumentException options)
                {
                    // Another seed, say: as good as a checkpoint of another training.
                    throw new NetworkFileException(Checkpoint, options.Message, options);
                }
            },
            (refusal, length) =>
            {
                Assert.Equal(before, net.Parameters.Span.ToArray());
                Assert.Equal(Checkpoint, refusal.File);
                Assert.InRange(refusal.Offset, -1, length);
                Assert.True(
                    refusal.InnerException is not ArgumentException options || options.Message.StartsWith("Xor.Fit: nothing was trained: ", StringComparison.Ordinal),
                    refusal.Message);
            });

        Assert.InRange(refused, whole.Length, 2 * whole.Length);
    }

    [Theory]
    [InlineData("", "at least 8 bytes, but it has 0")]
    [InlineData("<!DOCTYPE html><html></html>", "it looks like a web page")]
    public void What_is_no_checkpoint_says_what_to_do(string content, string reason)
    {
        File.WriteAllText(Checkpoint, content);

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => Fit(Network()));

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.EndsWith("delete it to go on from the checkpoint before it.", refusal.Message, StringComparison.Ordinal);
    }

    private static ReferenceNetwork<float> Network(int seed = 1) => TrainingData.XorNetwork<float>(seed);

    // Two epochs of two steps; what was trained already is gone on from.
    private void Fit(ReferenceNetwork<float> net) => net.Fit(
        TrainingData.Xor<float>(40, seed: 1),
        new() { Epochs = 2, BatchSize = 20, Metrics = [Metric.F1()], Checkpoints = new(_folder) { EveryEpochs = 2 } });
}
