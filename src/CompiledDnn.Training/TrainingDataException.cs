namespace CompiledDnn;

/// <summary>
/// A source of examples failed: it threw, ended early, gave an example of another size or changed its size. The network is as it was
/// after its last complete step.
/// </summary>
public sealed class TrainingDataException : Exception
{
    internal TrainingDataException(string dataSource, int epoch, long example, string what, Exception? innerException = null)
        : base(FormattableString.Invariant($"{dataSource}, epoch {epoch}, example {example}: {what}"), innerException)
    {
        DataSource = dataSource;
        Epoch = epoch;
        Example = example;
    }

    /// <summary>The source, as its <see cref="object.ToString"/> names it.</summary>
    public string DataSource { get; }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>How many examples of the epoch had been read before.</summary>
    public long Example { get; }
}
