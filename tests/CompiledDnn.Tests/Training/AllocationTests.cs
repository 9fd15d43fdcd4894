using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Collection(nameof(MeasuredAllocations))]
public class AllocationTests
{
    [Fact]
    public void A_step_with_its_batch_and_its_metrics_allocates_nothing()
    {
        ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
        Dataset<float> data = TrainingData.Corners<float>(64, seed: 1);
        var step = TrainingStep<float>.Create(net, Optimizer.Adam(), default, 16, isWeighted: false);
        var buffer = new BatchBuffer<float>(16, data.InputSize, data.TargetSize);
        var shuffler = new Shuffler(64, seed: 1);
        var meter = new BatchMeter<float>(net.Shape);

        MeasuredAllocations.None(() =>
        {
            Batch<float> batch = data.Gather(shuffler.Shuffle(1)[..16], buffer);
            meter.Add(step.Run(batch), batch, step.State);
        });
    }

    [Fact]
    public void An_evaluation_allocates_nothing_once_it_has_its_memory()
    {
        var evaluator = new Evaluator<float>(TrainingData.CornerNetwork<float>(), TrainingData.Corners<float>(64, seed: 1), 16, []);

        MeasuredAllocations.None(() => evaluator.Run());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void An_epoch_adds_its_record_and_nothing_more_however_many_steps_it_has(int batchSize)
    {
        ReferenceNetwork<float> net = TrainingData.XorNetwork<float>();
        Dataset<float> data = TrainingData.Xor<float>(256, seed: 1);
        Fit(2);

        long few = MeasuredAllocations.Fewest(() => Fit(4));
        long many = MeasuredAllocations.Fewest(() => Fit(20));

        // 256 steps an epoch or 8: room for one record and its share of a list that doubles.
        Assert.InRange((many - few) / 16, 1, 256);

        void Fit(int epochs) => net.Fit(data, new() { Epochs = epochs, BatchSize = batchSize, Validation = data });
    }
}
