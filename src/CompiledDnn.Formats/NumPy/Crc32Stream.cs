namespace CompiledDnn;

/// <summary>Reads from another stream and works out the checksum of zip archives on the way, which the framework does not look at.</summary>
/// <param name="inner">The other stream.</param>
internal sealed class Crc32Stream(Stream inner) : Stream
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_table = CreateTable();

    private uint _state = uint.MaxValue;

    /// <summary>The checksum of all bytes read so far.</summary>
    public uint Checksum => ~_state;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int got = inner.Read(buffer);
        uint state = _state;
        foreach (byte value in buffer[..got])
        {
            state = s_table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ Polynomial;
            }

            table[i] = remainder;
        }

        return table;
    }
}
