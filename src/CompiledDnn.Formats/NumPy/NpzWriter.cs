using System.IO.Compression;

namespace CompiledDnn;

/// <summary>Adds arrays to a <c>.npz</c> file that is being written.</summary>
public sealed class NpzWriter
{
    // As NumPy: the oldest date that a zip archive can hold, so that the same arrays give the same file.
    private static readonly DateTimeOffset s_date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly CompressionLevel _level;
    private readonly HashSet<string> _names = [];

    internal NpzWriter(ZipArchive archive, CompressionLevel level)
    {
        _archive = archive;
        _level = level;
    }

    /// <summary>Adds an array.</summary>
    /// <typeparam name="T">The type of the numbers: bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <param name="name">Its name, unique in the file.</param>
    /// <param name="data">The numbers in C order: the last index changes fastest.</param>
    /// <param name="shape">The length along each axis; none for a single number.</param>
    /// <exception cref="ArgumentException">The name is taken, or the shape has another number of numbers.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> data, IReadOnlyList<long> shape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The file already has an array '{name}'.", nameof(name));
        }

        ZipArchiveEntry entry = _archive.CreateEntry(name + ".npy", _level);
        entry.LastWriteTime = s_date;
        using Stream stream = entry.Open();
        NpyFile.Write(stream, data, shape);
    }
}
