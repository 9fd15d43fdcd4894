namespace CompiledDnn;

/// <summary>How a data set is cut into batches.</summary>
internal static class BatchPlan
{
    /// <summary>The examples of a batch: what was asked, but no more than there are.</summary>
    public static int Size(int asked, int count) => asked == TrainingOptions.FullBatch ? count : Math.Min(asked, count);

    /// <summary>The batches of an epoch, the last and smaller one included.</summary>
    public static int Steps(int size, int count) => (int)(((long)count + size - 1) / size);
}
