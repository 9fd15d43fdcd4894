using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>
/// Saves and loads the weights and biases of a network as a safetensors file, the format of Hugging Face, with the names and
/// shapes that PyTorch gives an <c>nn.Sequential</c> of the same layers.
/// </summary>
/// <remarks>
/// Layer l is <c>{2 (l − 1)}.weight</c> [outputs, inputs] and <c>{2 (l − 1)}.bias</c> [outputs], because each activation counts as
/// a module of its own. Numbers are written in the network's own precision; F32 and F64 are both read into either, rounded to
/// nearest. Infinite numbers and those that are none are saved and loaded as they are. The file does not say which activations
/// the network has.
/// </remarks>
public static class NetworkStorage
{
    private const string StreamName = "safetensors stream";

    /// <summary>
    /// Saves parameters to a file. It is written whole or not at all: beside the old one, flushed to the disk, then renamed.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Save(parameters, stream));
    }

    /// <summary>
    /// Saves parameters to a file together with notes, such as how inputs are to be scaled. Readers that do not know of a note leave it
    /// alone, and <see cref="ReadNotes"/> reads them back.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="notes">Texts by their names, which are neither <c>format</c> nor <c>network</c>.</param>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, string path, IReadOnlyDictionary<string, string> notes)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(notes);
        (string, string)[] own = OwnNotes(parameters.Shape);
        foreach ((string name, _) in own)
        {
            if (notes.ContainsKey(name))
            {
                throw new ArgumentException($"The note '{name}' is the file's own; give yours another name.", nameof(notes));
            }
        }

        AtomicFile.Write(path, stream => Save(parameters, stream, [.. own, .. notes.Select(static note => (note.Key, note.Value))]));
    }

    /// <summary>The notes of a safetensors file, its own included.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">The file is damaged or of another format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static IReadOnlyDictionary<string, string> ReadNotes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return SafetensorsHeader.Read(stream, path).Metadata;
    }

    /// <summary>Saves parameters to a stream, from its position on.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="stream">The stream; neither flushed nor closed. What was written before a failure stays written.</param>
    public static void Save<T>(ParameterBlock<T> parameters, Stream stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        Save(parameters, stream, OwnNotes(parameters.Shape));
    }

    /// <summary>
    /// Loads parameters from a file into a new block; give it to a network with <see cref="INetwork{T}.Swap"/>. A load that fails
    /// changes nothing.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="path">The file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The file is damaged, of another format or for a network of other sizes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return NetworkReader.Read<T>(shape, stream, path);
    }

    /// <summary>Loads parameters from a stream into a new block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="stream">The stream, which need not seek; the file is all of it from its position on. It is not closed.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The stream is damaged, of another format or for a network of other sizes.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, Stream stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(stream);
        return NetworkReader.Read<T>(shape, stream, StreamName);
    }

    private static (string Name, string Text)[] OwnNotes(NetworkShape shape) => [("format", "pt"), ("network", shape.ToString())];

    private static void Save<T>(ParameterBlock<T> parameters, Stream stream, (string Name, string Text)[] notes)
        where T : unmanaged
    {
        SafetensorsDType type = SafetensorsDType.Of<T>();
        IEnumerable<SafetensorsEntry> entries = NetworkTensor.Of(parameters.Shape).Select(tensor => new SafetensorsEntry(
            tensor.Name,
            type,
            tensor.Shape,
            (offset, destination) => tensor.CopyTo<T>(parameters.Span, offset / Unsafe.SizeOf<T>(), destination)));
        SafetensorsWriter.Write(stream, entries, notes);
    }
}
