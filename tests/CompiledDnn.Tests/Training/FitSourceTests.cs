using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class FitSourceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_trains_to_the_same_bits_as_an_array(bool isCounted)
    {
        Dataset<float> data = TrainingData.Corners<float>(50, seed: 1);
        IEnumerable<Example<float>> examples = Enumerable.Range(0, data.Count).Select(i => new Example<float>(data.Row(i).ToArray(), data.Label(i)));

        float[] fromArray = Train(data);
        float[] fromStream = Train(Dataset.FromEnumerable(examples, 2, 0, count: isCounted ? 50 : null));

        Assert.Equal(fromArray, fromStream);

        static float[] Train(IDataSource<float> source)
        {
            ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
            TrainingHistory history = net.Fit(source, new() { Epochs = 3, BatchSize = 8, Shuffle = false, Validation = source });
            Assert.Equal(3 * 7, history.Steps);
            Assert.Equal(50, history.Last!.Examples);
            Assert.Equal(net.Evaluate(source).Cost, history.Last.ValidationCost);
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_subset_trains_to_the_same_bits_as_its_copy()
    {
        Dataset<float> data = TrainingData.Corners<float>(60, seed: 1);
        (_, DataSubset<float> train, DataSubset<float> validation) = KFold.Split(data, 3, seed: 1)[0];

        float[] fromView = Train(train, validation);
        float[] fromCopy = Train(train.ToDataset(), validation.ToDataset());

        Assert.Equal(fromCopy, fromView);

        static float[] Train(IDataSource<float> source, IDataSource<float> held)
        {
            ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
            net.Fit(source, new() { Epochs = 3, BatchSize = 8, Validation = held, EarlyStopping = new() });
            return net.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_source_that_throws_leaves_the_network_at_its_last_complete_step()
    {
        Dataset<float> data = TrainingData.Corners<float>(50, seed: 1);
        ReferenceNetwork<float> net = TrainingData.CornerNetwork<float>();
        ReferenceNetwork<float> byHand = TrainingData.CornerNetwork<float>();
        byHand.Fit(data.Slice(0, 24), new() { Epochs = 1, BatchSize = 8, Shuffle = false });

        TrainingDataException failed = Assert.Throws<TrainingDataException>(
            () => net.Fit(Dataset.FromEnumerable(Failing(), 2, 0), new() { Epochs = 3, BatchSize = 8, Shuffle = false }));

        Assert.Equal((1, 30L), (failed.Epoch, failed.Example));
        Assert.Equal("the disk was pulled out", failed.InnerException!.Message);
        Assert.Equal(byHand.Parameters.Span.ToArray(), net.Parameters.Span.ToArray());

        IEnumerable<Example<float>> Failing()
        {
            for (int i = 0; i < data.Count; i++)
            {
                yield return i == 30 ? throw new InvalidOperationException("the disk was pulled out") : new Example<float>(data.Row(i).ToArray(), data.Label(i));
            }
        }
    }

    [Fact]
    public void A_source_that_ends_early_says_so()
    {
        Dataset<float> data = TrainingData.Corners<float>(50, seed: 1);
        IEnumerable<Example<float>> examples = Enumerable.Range(0, 20).Select(i => new Example<float>(data.Row(i).ToArray(), data.Label(i)));

        TrainingDataException failed = Assert.Throws<TrainingDataException>(
            () => TrainingData.CornerNetwork<float>().Fit(Dataset.FromEnumerable(examples, 2, 0, count: 50), new() { BatchSize = 8 }));

        Assert.Equal((1, 20L), (failed.Epoch, failed.Example));
    }

    [Fact]
    public void A_stream_cannot_be_one_batch_and_some_schedules_need_its_length()
    {
        Dataset<float> data = TrainingData.Corners<float>(50, seed: 1);
        IEnumerable<Example<float>> examples = Enumerable.Range(0, 50).Select(i => new Example<float>(data.Row(i).ToArray(), data.Label(i)));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => TrainingData.CornerNetwork<float>().Fit(
            Dataset.FromEnumerable(examples, 2, 0), new() { BatchSize = TrainingOptions.FullBatch, Schedule = Schedule.OneCycle() }));

        Assert.Contains("the training data cannot be one batch, because its Count is unknown; give a batch size", refused.Message, StringComparison.Ordinal);
        Assert.Contains("OneCycleSchedule needs the number of steps of the whole training", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_another_size_is_refused_before_it_is_read()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => TrainingData.CornerNetwork<float>().Fit(Dataset.FromEnumerable(Never(), 3, 2)));

        Assert.Equal(
            "Corners.Fit: nothing was trained: the training data has InputSize 3, but the network has 2; "
            + "the training data has TargetSize 2, but the network has 4 (or takes class labels).",
            refused.Message);

        static IEnumerable<Example<float>> Never()
        {
            Assert.Fail("It was read.");
            yield break;
        }
    }
}
