using System.Numerics;

namespace CompiledDnn;

/// <summary>A source that can read any of its examples at any time. Shuffling and going on in the middle of an epoch are done for it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// sealed class Pictures(string[] files) : IRandomAccessSource&lt;float&gt;
/// {
///     public int InputSize => 784;
///     public int TargetSize => 0;
///     public long Count => files.Length;
///
///     public void CopyExamples(ReadOnlySpan&lt;long&gt; examples, BatchBuffer&lt;float&gt; batch)
///     {
///         foreach (long example in examples)
///         {
///             batch.Add(ReadPixels(files[example]), label: ReadLabel(files[example]));
///         }
///     }
/// }
/// </code>
/// </example>
public interface IRandomAccessSource<T> : IDataSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of examples. It never changes.</summary>
    new long Count { get; }

    /// <inheritdoc/>
    long? IDataSource<T>.Count => Count;

    /// <summary>Adds examples to a batch, in the order given. Called by one thread at a time.</summary>
    /// <param name="examples">Which examples, counted from 0.</param>
    /// <param name="batch">The batch, which has room for all of them.</param>
    void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch);

    /// <inheritdoc/>
    IDataReader<T> IDataSource<T>.Open(EpochRequest request)
    {
        var reader = new RandomAccessReader<T>(this);
        reader.Begin(request);
        return reader;
    }
}
