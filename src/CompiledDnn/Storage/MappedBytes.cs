using System.IO.MemoryMappedFiles;

namespace CompiledDnn;

/// <summary>Data read in place from a mapped file.</summary>
internal sealed unsafe class MappedBytes : TensorBytes
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _length;
    private readonly byte* _start;
    private long _position;

    private MappedBytes(FileStream file, long position)
    {
        _file = file;
        _position = position;
        _length = RandomAccess.GetLength(file.SafeFileHandle);
        _map = MemoryMappedFile.CreateFromFile(file, null, _length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            _start += _view.PointerOffset;
        }
        catch
        {
            _view?.Dispose();
            _map.Dispose();
            throw;
        }
    }

    /// <summary>Maps a file, or, where that is not possible, reads it as a stream.</summary>
    /// <param name="file">The file, its position at the beginning of the data; not closed.</param>
    public static TensorBytes Open(FileStream file)
    {
        try
        {
            return file.CanSeek ? new MappedBytes(file, file.Position) : new StreamBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some file systems map no files, and an empty one cannot be mapped.
            return new StreamBytes(file);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Next(int count)
    {
        // Memory beyond the end of a file that was cut off meanwhile is no memory: touching it would end the process. So the length is looked
        // at for every piece.
        long length = Math.Min(_length, RandomAccess.GetLength(_file.SafeFileHandle));
        int there = (int)Math.Clamp(length - _position, 0, count);
        var part = new ReadOnlySpan<byte>(_start + _position, there);
        _position += there;
        return part;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
