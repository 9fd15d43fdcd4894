namespace CompiledDnn;

/// <summary>How the examples of a source are cut into batches.</summary>
internal static class BatchPlan
{
    /// <summary>The most examples of a batch: what was asked, but no more than there are.</summary>
    /// <param name="asked">What was asked, or <see cref="TrainingOptions.FullBatch"/>, which needs the count.</param>
    /// <param name="count">The examples of the source; null if that is not known.</param>
    public static int Size(int asked, long? count) =>
        asked == TrainingOptions.FullBatch ? (int)count!.Value : (int)Math.Min(asked, count ?? asked);

    /// <summary>The batches of an epoch, the last and smaller one included; null if that is not known.</summary>
    /// <param name="size">The most examples of a batch.</param>
    /// <param name="count">The examples of the source; null if that is not known.</param>
    public static int? Steps(int size, long? count) => (int?)((count + size - 1) / size);
}
