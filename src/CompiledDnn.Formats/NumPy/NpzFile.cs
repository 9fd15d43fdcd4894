using System.IO.Compression;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Reads and writes NumPy's <c>.npz</c> files: zip archives of arrays with names.</summary>
/// <example>
/// <code>
/// using NpzFile file = NpzFile.Open("digits.npz");
/// NpyArray&lt;float&gt; x = file.Read&lt;float&gt;("x");
/// NpyArray&lt;int&gt; labels = file.Read&lt;int&gt;("y");
/// var data = Dataset.FromLabels(x.Data, x.RowLength, labels.Data);
/// </code>
/// </example>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    private NpzFile(string path, FileStream stream)
    {
        _path = path;
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in _archive.Entries.Where(static entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)))
            {
                if (!_entries.TryAdd(entry.FullName[..^Extension.Length], entry))
                {
                    throw new NumPyFileException(path, 0, $"the archive has two arrays of the name '{entry.FullName}'.");
                }
            }
        }
        catch (InvalidDataException error)
        {
            string hint = Hint(stream);
            stream.Dispose();
            throw new NumPyFileException(path, 0, $"expected a zip archive{hint}.", error);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of the arrays, in the file's order.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a file and reads the list of its arrays.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NumPyFileException">The file is damaged or of another format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new NpzFile(path, NumPyFileException.Open(path));
    }

    /// <summary>Writes a file. It is written whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="write">Adds the arrays.</param>
    /// <param name="compress">True to compress them, as <c>numpy.savez_compressed</c> does.</param>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    public static void Write(string path, Action<NpzWriter> write, bool compress = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            write(new NpzWriter(archive, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression));
        });
    }

    /// <summary>Reads an array into memory.</summary>
    /// <typeparam name="T">
    /// The type of number to read it as. Floating-point numbers are rounded to nearest; into integers, only whole numbers are read.
    /// </typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="maxBytes">The most memory that its numbers may take.</param>
    /// <exception cref="NumPyFileException">There is no such array, it is damaged, too large, or a number does not fit T.</exception>
    public NpyArray<T> Read<T>(string name, long maxBytes = NpyFile.DefaultMaxBytes)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw new NumPyFileException(_path, 0, $"the archive has no array '{name}'; it has {(_entries.Count == 0 ? "none" : string.Join(", ", _entries.Keys.Take(8)))}.");
        }

        string file = $"{_path}/{entry.FullName}";
        try
        {
            using Stream stream = entry.Open();
            using var checkedStream = new Crc32Stream(stream);
            NpyArray<T> array = NpyReader.Read<T>(checkedStream, entry.Length, file, maxBytes);
            return checkedStream.Checksum == entry.Crc32
                ? array
                : throw new NumPyFileException(file, 0, "the array is not what the archive's checksum was made of; the file is damaged.");
        }
        catch (InvalidDataException error)
        {
            throw new NumPyFileException(file, 0, $"the archive cannot be unpacked: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static string Hint(FileStream stream)
    {
        stream.Position = 0;
        Span<byte> first = stackalloc byte[8];
        first = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return first.StartsWith("PK"u8) ? "; the file was cut off or is damaged"
            : first.StartsWith((ReadOnlySpan<byte>)[0x93]) ? "; it looks like a single array: read it with NpyFile"
            : NpyHint.For(first);
    }
}
