using Xunit;

namespace CompiledDnn.Tests.Training.Data;

/// <summary>Sources of every kind, with numbers that say which example they belong to.</summary>
internal static class SourceCases
{
    /// <summary>Examples i with inputs i + 0.01 c, targets −i − 0.01 c and weights i + 1.</summary>
    public static Dataset<float> Rows(int count, int inputs = 3, int targets = 2, bool weights = true)
    {
        float[] x = [.. Enumerable.Range(0, count * inputs).Select(n => (n / inputs) + (0.01f * (n % inputs)))];
        float[] y = [.. Enumerable.Range(0, count * targets).Select(n => -(n / targets) - (0.01f * (n % targets)))];
        Dataset<float> data = Dataset.FromRows(x, inputs, y, targets);
        return weights ? data.WithWeights(Enumerable.Range(1, count).Select(i => (float)i).ToArray()) : data;
    }

    /// <summary>Examples i with inputs i + 0.01 c and label i.</summary>
    public static Dataset<float> Labels(int count, int inputs = 3) => Dataset.FromLabels(Rows(count, inputs).X, inputs, Enumerable.Range(0, count).ToArray());

    /// <summary>A data set as a sequence.</summary>
    public static IDataSource<float> Streamed(Dataset<float> data, int shuffleBuffer = 0, long? count = null)
    {
        IEnumerable<Example<float>> examples = Enumerable.Range(0, data.Count).Select(i =>
            (data.HasLabels ? new Example<float>(data.Row(i).ToArray(), data.Label(i)) : new Example<float>(data.Row(i).ToArray(), data.Target(i).ToArray())) with
            {
                Weight = data.HasWeights ? data.Weights.Span[i] : 1,
            });
        return data.HasWeights
            ? Dataset.FromWeightedEnumerable(examples, data.InputSize, data.TargetSize, shuffleBuffer, count)
            : Dataset.FromEnumerable(examples, data.InputSize, data.TargetSize, shuffleBuffer, count);
    }

    public static BatchFeed<float> Feed(IDataSource<float> source, int batchSize, bool shuffle, int seed) =>
        BatchFeed<float>.Create(source, batchSize, shuffle, seed, TestContext.Current.CancellationToken);

    /// <summary>All batches of an epoch as text.</summary>
    public static List<string> Epoch(BatchFeed<float> feed, int epoch, long firstExample = 0)
    {
        var batches = new List<string>();
        feed.BeginEpoch(epoch, firstExample);
        while (feed.TryNext(out Batch<float> batch))
        {
            batches.Add(
                $"{batch.Count}: x {string.Join(' ', batch.X.ToArray())}; y {string.Join(' ', batch.Y.ToArray())}; labels {string.Join(' ', batch.Labels.ToArray())}; w {string.Join(' ', batch.Weights.ToArray())}");
        }

        return batches;
    }

    /// <summary>All batches of an epoch as text.</summary>
    public static List<string> Epoch(IDataSource<float> source, int batchSize, bool shuffle, int epoch, long firstExample = 0)
    {
        using BatchFeed<float> feed = Feed(source, batchSize, shuffle, seed: 4);
        return Epoch(feed, epoch, firstExample);
    }
}

/// <summary>A source of the test's own.</summary>
internal sealed class OwnSource(Dataset<float> data, Action<int>? beforeExample = null) : IRandomAccessSource<float>
{
    private int _read;

    public int InputSize { get; set; } = data.InputSize;

    public int TargetSize => data.TargetSize;

    public bool HasWeights => data.HasWeights;

    public long Count { get; set; } = data.Count;

    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<float> batch)
    {
        foreach (long example in examples)
        {
            beforeExample?.Invoke(_read++);
            data.CopyExamples([example], batch);
        }
    }

    public override string ToString() => "Own source";
}
