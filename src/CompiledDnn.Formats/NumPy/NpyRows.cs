using System.IO.MemoryMappedFiles;
using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// The rows of an array in a mapped file: the first axis counts them, all others together make a row. The system reads the parts of the file
/// that are asked for and keeps as much of it as there is memory to spare, so the array may be larger than memory.
/// </summary>
/// <remarks>
/// The file may be replaced meanwhile, but not shortened in its place. Its length is looked at before each call, so that nearly always an exception
/// says that it was cut off; but the system ends a program that touches a mapped page which is gone (SIGBUS).
/// </remarks>
/// <typeparam name="T">The type of number that they are read as.</typeparam>
public sealed class NpyRows<T> : IRowSource<T>, IDisposable
    where T : unmanaged, INumberBase<T>
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly NpyHeader _header;

    // Where the numbers of the first row lie, in Fortran order; null in C order, where they lie side by side.
    private readonly long[]? _columns;

    internal NpyRows(string path)
    {
        _file = NumPyFileException.Open(path);
        try
        {
            _header = NpyHeader.Read(_file, path);
            NpyReader.RequireLength(_header, _file.Length, path);
            Shape = _header.Shape;
            long rowLength = Shape.Count == 0 ? 0 : NpyHeader.Product(_header.Shape.AsSpan(1), 1);
            if (rowLength < 1 || rowLength > Array.MaxLength)
            {
                throw new NumPyFileException(path, 0, $"the shape ({string.Join(", ", Shape)}) has no rows of 1 to {Array.MaxLength} numbers.");
            }

            RowLength = (int)rowLength;
            _columns = _header.IsFortranOrder && Shape.Count > 1 ? [.. NpyOrder.Places(_header.Shape[1..], Shape[0])] : null;
            _map = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _map?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The length along each axis.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <inheritdoc/>
    public long Count => Shape[0];

    /// <inheritdoc/>
    public int RowLength { get; }

    /// <inheritdoc/>
    /// <exception cref="NumPyFileException">A number does not fit T, or the file was cut off since it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed of.</exception>
    public unsafe void CopyRows(ReadOnlySpan<long> rows, Span<T> destination)
    {
        if (destination.Length != (long)rows.Length * RowLength)
        {
            throw new ArgumentException($"{this}: {rows.Length} rows of {RowLength} numbers do not fill {destination.Length}.", nameof(destination));
        }

        RequireWhole();
        byte* start = null;
        try
        {
            // Holds the mapping until it is released, whoever disposes of it meanwhile.
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            byte* data = start + _view.PointerOffset + _header.Length;
            for (int i = 0; i < rows.Length; i++)
            {
                if ((ulong)rows[i] >= (ulong)Count)
                {
                    throw new ArgumentException($"{this}: it has {Count} rows, counted from 0; there is no row {rows[i]}.", nameof(rows));
                }

                CopyRow(data, rows[i], destination.Slice(i * RowLength, RowLength));
            }
        }
        finally
        {
            if (start is not null)
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    /// <summary>The file's path.</summary>
    public override string ToString() => _file.Name;

    private unsafe void CopyRow(byte* data, long row, Span<T> destination)
    {
        int size = _header.Type.Size;
        if (_columns is null)
        {
            // Rows are shorter than 2³¹ numbers, but not always than 2³¹ bytes.
            const int Piece = 1 << 20;
            for (int done = 0; done < destination.Length; done += Piece)
            {
                Span<T> part = destination.Slice(done, Math.Min(Piece, destination.Length - done));
                long first = (row * RowLength) + done;
                Require(NpyNumbers.Read(new ReadOnlySpan<byte>(data + (first * size), part.Length * size), _header.Type, part), part.Length, first);
            }

            return;
        }

        for (int column = 0; column < _columns.Length; column++)
        {
            long place = row + _columns[column];
            Require(
                NpyNumbers.Read(new ReadOnlySpan<byte>(data + (place * size), size), _header.Type, destination.Slice(column, 1)), 1, place);
        }
    }

    private void Require(int read, int count, long first)
    {
        if (read < count)
        {
            throw NpyReader.OutOfRange<T>(_header, first + read, _file.Name);
        }
    }

    // Memory beyond the end of a file that was cut off is no memory: touching it would end the process.
    private void RequireWhole()
    {
        long length = RandomAccess.GetLength(_file.SafeFileHandle);
        if (length < _header.Length + _header.DataLength)
        {
            throw new NumPyFileException(_file.Name, length, "the file was cut off while it was in use.");
        }
    }
}
