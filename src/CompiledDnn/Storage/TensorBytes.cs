namespace CompiledDnn;

/// <summary>The data of a file, from the first byte to the last.</summary>
internal abstract class TensorBytes : IDisposable
{
    /// <summary>The most bytes at once: a multiple of every size of number, so that no number straddles two pieces.</summary>
    public const int MaxCount = 65536;

    /// <summary>The next bytes: as many as asked for, or fewer where the file ends. They are there until the next call.</summary>
    /// <param name="count">How many, at most <see cref="MaxCount"/>.</param>
    public abstract ReadOnlySpan<byte> Next(int count);

    /// <inheritdoc/>
    public abstract void Dispose();
}
