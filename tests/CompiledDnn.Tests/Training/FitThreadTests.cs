using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Training on one thread and on several, with steps that are large enough to be shared.</summary>
public sealed partial class FitThreadTests
{
    [Network(256, 192, 64, 10, Output = Activation.Softmax)]
    public sealed partial class Wide;

    [Network(256, 192, 64, 10, Output = Activation.Softmax, Dropout = 0.2)]
    public sealed partial class WideDropping;

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        Assert.Equal(Train(new Wide(seed: 1), 1, new()), Train(new Wide(seed: 1), -1, new()));
        Assert.Equal(Train(new WideDropping(seed: 1), 1, new()), Train(new WideDropping(seed: 1), -1, new()));

        TrainingOptions<float> all = new()
        {
            Optimizer = Optimizer.AdamW(),
            L1 = 1e-5,
            L2 = 1e-4,
            ClipNorm = 0.5,
            LabelSmoothing = 0.1,
            ClassWeights = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2],
            Schedule = Schedule.OneCycle(),
        };
        Assert.Equal(Train(new WideDropping(seed: 1), 1, all), Train(new WideDropping(seed: 1), -1, all));
    }

    private static float[] Train(INetwork<float> net, int threads, TrainingOptions<float> options)
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 256 * 256).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, 256).Select(_ => random.Next(10))];
        float[] before = net.Parameters.Span.ToArray();
        net.MaxDegreeOfParallelism = threads;
        net.Fit(Dataset.FromLabels(x, 256, labels), options with { Epochs = 2, BatchSize = 100 });
        Assert.NotEqual(before, net.Parameters.Span.ToArray());
        return net.Parameters.Span.ToArray();
    }
}
