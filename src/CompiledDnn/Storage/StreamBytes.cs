namespace CompiledDnn;

/// <summary>Data read from a stream, which need not seek.</summary>
/// <param name="stream">A stream at the beginning of the data; not closed.</param>
internal sealed class StreamBytes(Stream stream) : TensorBytes
{
    private readonly byte[] _chunk = new byte[MaxCount];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Next(int count)
    {
        Span<byte> part = _chunk.AsSpan(0, count);
        return part[..stream.ReadAtLeast(part, count, throwOnEndOfStream: false)];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The stream is the caller's.
    }
}
