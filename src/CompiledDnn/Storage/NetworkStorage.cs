namespace CompiledDnn;

/// <summary>
/// Saves and loads the weights and biases of a network as a safetensors file, the format of Hugging Face, with the names and
/// shapes that PyTorch gives an <c>nn.Sequential</c> of the same layers.
/// </summary>
/// <remarks>
/// Layer l is <c>{2 (l − 1)}.weight</c> [outputs, inputs] and <c>{2 (l − 1)}.bias</c> [outputs], because each activation counts as
/// a module of its own. Numbers are written in the network's own precision unless <see cref="SaveOptions.Type"/> names another one; F64,
/// F32, F16 and BF16 are read into either, rounded to nearest. Infinite numbers and those that are none are saved and loaded as they are.
/// What is saved here are the numbers alone: a network's own <c>Save</c> adds an example, with which its own <c>Load</c> notices other
/// activations.
/// <para>
/// A file is mapped while it is loaded. To replace it meanwhile is safe: whoever has begun reads the old one. To shorten it in its place is
/// not. The length is looked at before each piece of 64 kB, so that nearly always an exception says that the file was cut off; but the system
/// ends a program that touches a mapped page which is gone (SIGBUS), and nothing can be done in between. Load from a stream what another
/// program may write into: <c>NetworkStorage.Load(shape, stream)</c> maps nothing.
/// </para>
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
        where T : unmanaged => Save(parameters, path, new SaveOptions());

    /// <summary>Saves parameters to a file in another type, or with notes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="options">How they are saved.</param>
    /// <exception cref="ArgumentException">The name of a note is taken.</exception>
    /// <exception cref="OverflowException">A finite number is beyond the range of the type. What was there is as it was.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, string path, SaveOptions options)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        NetworkWriter.WriteFile(parameters, path, options, example: null);
    }

    /// <summary>The notes of a safetensors file, its own included.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">The file is damaged or of another format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static IReadOnlyDictionary<string, string> ReadNotes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = InputFile.Open(path);
        return SafetensorsHeader.Read(stream, path).Metadata;
    }

    /// <summary>Saves parameters to a stream, from its position on.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="stream">The stream; neither flushed nor closed. What was written before a failure stays written.</param>
    public static void Save<T>(ParameterBlock<T> parameters, Stream stream)
        where T : unmanaged => Save(parameters, stream, new SaveOptions());

    /// <summary>Saves parameters to a stream, from its position on, in another type, or with notes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="stream">The stream; neither flushed nor closed. What was written before a failure stays written.</param>
    /// <param name="options">How they are saved.</param>
    /// <exception cref="ArgumentException">The name of a note is taken.</exception>
    /// <exception cref="OverflowException">A finite number is beyond the range of the type.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, Stream stream, SaveOptions options)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        NetworkWriter.Write(parameters, stream, options, example: null);
    }

    /// <summary>
    /// Loads parameters from a file, mapped where that is possible, into a new block; give it to a network with
    /// <see cref="INetwork{T}.Swap"/>. A load that fails changes nothing. An example in the file is passed over, because the shape does not
    /// say what its activations do.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="path">The file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The file is damaged, a folder, of another format or for a network of other sizes.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return NetworkReader.ReadFile<T>(shape, path, out _);
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
        return NetworkReader.ReadStream<T>(shape, stream, StreamName, out _);
    }
}
