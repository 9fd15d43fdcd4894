using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class FailingSourceTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_a_source_throws_comes_after_the_batches_before_it_with_its_own_stack()
    {
        var source = new OwnSource(SourceCases.Rows(40), Throw);
        using BatchFeed<float> feed = SourceCases.Feed(source, 4, false, 0);
        feed.BeginEpoch(3, 0);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(feed.TryNext(out _));
        }

        TrainingDataException error = Assert.Throws<TrainingDataException>(() => feed.TryNext(out _));

        Assert.Equal("Own source, epoch 3, example 18: no such picture", error.Message);
        Assert.Equal(("Own source", 3, 18L), (error.DataSource, error.Epoch, error.Example));
        Assert.IsType<FileNotFoundException>(error.InnerException);
        Assert.Contains(nameof(Throw), error.InnerException.StackTrace, StringComparison.Ordinal);

        static void Throw(int example)
        {
            if (example == 18)
            {
                throw new FileNotFoundException("no such picture");
            }
        }
    }

    [Theory]
    [InlineData(10L, "epoch 1, example 8: the source said that it has 10 examples, but ended early")]
    [InlineData(7L, "epoch 1, example 8: the source said that it has 7 examples, but gave more")]
    public void A_source_of_another_length_than_it_said_is_refused(long said, string expected) =>
        Assert.Contains(expected, Message(SourceCases.Streamed(SourceCases.Rows(8), count: said), 4), StringComparison.Ordinal);

    [Fact]
    public void Examples_of_another_size_are_refused()
    {
        Assert.Contains(
            "example 2: Expected an example of 2 inputs, but it has 3.",
            Message(Dataset.FromEnumerable<float>([([1, 2], 0), ([1, 2], 0), ([1, 2, 3], 0)], inputSize: 2), 2),
            StringComparison.Ordinal);
        Assert.Contains(
            "example 0: Expected an example of 1 targets, but it has 0.",
            Message(Dataset.FromEnumerable<float>([([1, 2], [])], inputSize: 2, targetSize: 1), 2),
            StringComparison.Ordinal);
        Assert.Contains(
            "example 1: The targets of this source are rows of 1 numbers, but a class label was added.",
            Message(Dataset.FromEnumerable([new Example<float>(new float[2], new float[1]), new Example<float>(new float[2], 1)], 2, 1), 2),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_can_be_enumerated_only_once_is_found_out()
    {
        using IEnumerator<(float[], int)> once = Enumerable.Range(0, 6).Select(i => (new float[] { i }, i)).GetEnumerator();
        IEnumerable<(float[] X, int Label)> Rest()
        {
            while (once.MoveNext())
            {
                yield return once.Current;
            }
        }

        using BatchFeed<float> feed = SourceCases.Feed(Dataset.FromEnumerable(Rest(), inputSize: 1), 3, false, 0);
        Assert.Equal(2, SourceCases.Epoch(feed, 1).Count);

        Assert.Contains("epoch 2, example 0: the source gave no examples", Assert.Throws<TrainingDataException>(() => SourceCases.Epoch(feed, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_changes_between_epochs_is_refused()
    {
        var source = new OwnSource(SourceCases.Rows(8));
        using BatchFeed<float> feed = SourceCases.Feed(source, 4, false, 0);
        Assert.Equal(2, SourceCases.Epoch(feed, 1).Count);
        source.Count = 6;

        Assert.Contains(
            "epoch 2, example 0: the source changed: it had 8 examples of 3 inputs and 2 targets with weights, and now has 6 examples",
            Assert.Throws<TrainingDataException>(() => SourceCases.Epoch(feed, 2)).Message,
            StringComparison.Ordinal);

        source.Count = 8;
        Assert.Equal(2, SourceCases.Epoch(feed, 3).Count);
    }

    [Fact]
    public void A_source_that_cannot_be_opened_is_named() =>
        Assert.Equal(
            "Broken, epoch 1, example 0: the source could not be opened: locked",
            Message(new Broken(), 4));

    [Fact]
    public async Task A_source_that_never_returns_holds_up_neither_cancellation_nor_the_end()
    {
        using var never = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var source = new OwnSource(SourceCases.Rows(40), i => (i < 8 ? Done : never).Wait());
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> training = Task.Run(() =>
        {
            using BatchFeed<float> feed = BatchFeed<float>.Create(source, 4, false, 0, cancellation.Token);
            feed.BeginEpoch(1, 0);
            bool isWhole = feed.TryNext(out _) && feed.TryNext(out _);
            taken.SetResult();
            bool goesOn = feed.TryNext(out _);
            feed.BeginEpoch(2, 0);
            return isWhole && !goesOn && !feed.TryNext(out _);
        });
        await taken.Task.WaitAsync(s_soon, TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        Assert.True(await training.WaitAsync(s_soon, TestContext.Current.CancellationToken));
        never.Set();
    }

    private static ManualResetEventSlim Done { get; } = new(true);

    private static string Message(IDataSource<float> source, int batchSize) =>
        Assert.Throws<TrainingDataException>(() => SourceCases.Epoch(source, batchSize, shuffle: false, epoch: 1)).Message;

    private sealed class Broken : ISequentialSource<float>
    {
        public int InputSize => 1;

        public int TargetSize => 1;

        public IEnumerable<Example<float>> Examples(int epoch) => throw new IOException("locked");

        public override string ToString() => "Broken";
    }
}
