namespace CompiledDnn;

/// <summary>
/// Rows of numbers that are read when they are asked for, such as those of a file larger than memory. Training makes a source of
/// examples of them.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public interface IRowSource<T>
    where T : unmanaged
{
    /// <summary>The number of rows. It never changes.</summary>
    long Count { get; }

    /// <summary>Numbers in a row, at least 1. It never changes.</summary>
    int RowLength { get; }

    /// <summary>Copies rows side by side. Safe on several threads at once.</summary>
    /// <param name="rows">Which rows, counted from 0, in any order.</param>
    /// <param name="destination">As many rows of RowLength numbers; overwritten.</param>
    /// <exception cref="ArgumentException">There is no such row, or the destination has another length.</exception>
    void CopyRows(ReadOnlySpan<long> rows, Span<T> destination);
}
