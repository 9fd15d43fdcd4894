using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Networks with dropout as Fit trains them.</summary>
public sealed partial class FitDropoutTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Network(2, 24, 16, 4, Output = Activation.Softmax, Dropout = 0.25)]
    public sealed partial class Dropping;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Steps_drop_and_validation_does_not()
    {
        Dataset<float> data = TrainingData.Corners<float>(40, seed: 1);
        var net = new Dropping(seed: 1);

        // With a rate of zero the weights stay, so that the costs differ by the masks alone.
        TrainingHistory history = net.Fit(
            data, new() { Epochs = 2, BatchSize = 40, Optimizer = Optimizer.GradientDescent(0), Validation = data });

        Assert.NotEqual(history.Epochs[0].Cost, history.Epochs[1].Cost);
        Assert.Equal(history.Epochs[0].ValidationCost, history.Epochs[1].ValidationCost);
        Assert.Equal(net.Evaluate(data).Cost, history.Epochs[0].ValidationCost);
    }

    [Fact]
    public void The_seed_decides_the_masks_and_the_threads_do_not()
    {
        float[] one = Train(seed: 1, threads: 1);

        Assert.Equal(one, Train(seed: 1, threads: -1));
        Assert.NotEqual(one, Train(seed: 2, threads: 1));

        static float[] Train(int seed, int threads)
        {
            var net = new Dropping(seed: 1) { MaxDegreeOfParallelism = threads };
            net.Fit(TrainingData.Corners<float>(40, seed: 1), new() { Epochs = 3, BatchSize = 40, Seed = seed });
            return net.Parameters.Span.ToArray();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void Resumed_in_the_middle_it_ends_with_the_same_bits(double? clipNorm)
    {
        float[] straight = Train(CancellationToken.None, [], "a");
        using var source = new CancellationTokenSource();
        Train(source.Token, [new Canceller(source)], "b");

        Assert.Equal(straight, Train(CancellationToken.None, [], "b"));

        float[] Train(CancellationToken token, TrainingCallback<float>[] callbacks, string folder)
        {
            var net = new Dropping(seed: 1);
            net.Fit(
                TrainingData.Corners<float>(40, seed: 1),
                new()
                {
                    Epochs = 4,
                    BatchSize = 10,
                    ClipNorm = clipNorm,
                    Checkpoints = new(Path.Combine(_folder, folder)),
                    Callbacks = callbacks,
                    CancellationToken = token,
                });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void It_learns()
    {
        var net = new Dropping(seed: 1);

        net.Fit(TrainingData.Corners<float>(200, seed: 1), new() { Epochs = 40, BatchSize = 20, Optimizer = Optimizer.Adam(0.01) });

        Assert.Equal(1.0, net.Evaluate(TrainingData.Corners<float>(100, seed: 2)).Accuracy);
    }

    [Fact]
    public void LBFGS_does_not_go_with_it()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Dropping().Fit(
            TrainingData.Corners<float>(8, seed: 1), new() { BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.LBFGS() }));

        Assert.Equal(
            "Dropping.Fit: nothing was trained: LBFGSOptimizer does not go with dropout, because it needs the same cost whenever it asks.", refused.Message);
    }

    private sealed class Canceller(CancellationTokenSource source) : TrainingCallback<float>
    {
        public override void OnBatchEnd(TrainingContext<float> training)
        {
            if (training.Step == 7)
            {
                source.Cancel();
            }
        }
    }
}
