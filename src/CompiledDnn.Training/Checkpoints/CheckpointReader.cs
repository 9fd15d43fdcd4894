using System.Buffers.Binary;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>Reads a checkpoint file: first the notes, then the blocks that they speak of.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private const int ChunkLength = 65536;
    private const string Remedy = "delete it to go on from the checkpoint before it";

    private readonly NetworkShape _shape;
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, SafetensorsTensor> _tensors;

    /// <summary>Opens a file and reads its notes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <exception cref="NetworkFileException">It is no checkpoint, or a damaged one.</exception>
    public CheckpointReader(string path, NetworkShape shape)
    {
        _shape = shape;
        _stream = InputFile.Open(path);
        try
        {
            _header = ReadHeader(_stream, path);
            _tensors = _header.Tensors.ToDictionary(static tensor => tensor.Name);
            Notes = ReadNotes();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What the file says beside its tensors.</summary>
    public CheckpointNotes Notes { get; }

    /// <summary>Fills blocks; on failure they are half filled, so they are not yet those of the network.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="blocks">The blocks.</param>
    /// <exception cref="NetworkFileException">The file lacks a tensor, or has one of another shape or type.</exception>
    public void Fill<T>(IEnumerable<CheckpointBlock<T>> blocks)
        where T : unmanaged
    {
        var chunk = new byte[ChunkLength];
        foreach (CheckpointBlock<T> block in blocks)
        {
            foreach (NetworkTensor target in NetworkTensor.Of(_shape))
            {
                Read(Find<T>(block.Prefix + target.Name, target), target, block.Numbers(), chunk);
            }
        }
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="NetworkFileException">The file does not have them.</exception>
    public double[] Numbers(string name)
    {
        if (!_tensors.TryGetValue(name, out SafetensorsTensor? tensor) || tensor.DType != SafetensorsDType.F64 || tensor.End - tensor.Begin > Array.MaxLength)
        {
            throw Wrong($"it needs the tensor '{name}' of type F64, which the checkpoint does not have; resume with the options that it was written with");
        }

        var bytes = new byte[tensor.End - tensor.Begin];
        Read(tensor.Begin, bytes);
        var numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        }

        return numbers;
    }

    /// <summary>Checks that the network has the activations of the one that was trained.</summary>
    /// <exception cref="NetworkFileException">It has others.</exception>
    public void CheckActivations()
    {
        string now = NetworkNotes.ActivationsOf(_shape);
        if (_header.Metadata.TryGetValue(NetworkNotes.Activations, out string? saved) && saved != now)
        {
            throw Wrong($"it was written by a network with the activations {saved}, but those of {_shape} are {now}; resume with the network that it was written with");
        }
    }

    /// <summary>Says that the notes or the numbers are none that a training writes.</summary>
    /// <param name="reason">What is wrong.</param>
    /// <param name="inner">What noticed it, if it was an exception.</param>
    public NetworkFileException Damaged(string reason, Exception? inner = null) => Wrong($"{reason}; the file is damaged; {Remedy}", inner);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static SafetensorsHeader ReadHeader(FileStream stream, string path)
    {
        try
        {
            return SafetensorsHeader.Read(stream, path);
        }
        catch (NetworkFileException error)
        {
            throw new NetworkFileException(path, error.Offset, $"{error.Reason.TrimEnd('.')}; {Remedy}.", error);
        }
    }

    private CheckpointNotes ReadNotes()
    {
        if (!_header.Metadata.TryGetValue(CheckpointNotes.Key, out string? text))
        {
            throw Wrong("it holds a network, but nothing of a training; it is no checkpoint of Fit");
        }

        CheckpointNotes? notes;
        try
        {
            notes = JsonSerializer.Deserialize(text, CheckpointJson.Default.CheckpointNotes);
        }
        catch (JsonException error)
        {
            throw Wrong($"its notes on the training cannot be read ({error.Message.TrimEnd('.')}); {Remedy}", error);
        }

        return notes is { Version: CheckpointNotes.CurrentVersion }
            ? notes
            : throw Wrong($"its notes have version {notes?.Version}, but this library reads version {CheckpointNotes.CurrentVersion}");
    }

    private SafetensorsTensor Find<T>(string name, NetworkTensor target)
        where T : unmanaged
    {
        SafetensorsDType type = SafetensorsDType.Of<T>();
        if (!_tensors.TryGetValue(name, out SafetensorsTensor? tensor))
        {
            throw Wrong($"{_shape} needs the tensor '{name}', which the checkpoint does not have; resume with the network and options that it was written with");
        }

        return tensor.Shape.AsSpan().SequenceEqual(target.Shape) && tensor.DType == type
            ? tensor
            : throw Wrong(
                $"the tensor '{name}' of {_shape} is {type.Name} {SafetensorsTensor.TextOf(target.Shape)}, but in the checkpoint it is {tensor.DType.Name} {tensor.ShapeText}; resume with the network that it was written with");
    }

    private void Read<T>(SafetensorsTensor tensor, NetworkTensor target, Span<T> block, byte[] chunk)
        where T : unmanaged
    {
        int size = tensor.DType.Bits / 8;
        for (long at = 0; at < tensor.End - tensor.Begin; at += ChunkLength)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkLength, tensor.End - tensor.Begin - at));
            Read(tensor.Begin + at, part);
            target.CopyFrom(block, at / size, part, tensor.DType);
        }
    }

    private void Read(long begin, Span<byte> bytes)
    {
        _stream.Position = _header.DataStart + begin;
        int got = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new NetworkFileException(_header.File, _header.DataStart + begin + got, $"the file was cut off while it was read; {Remedy}.");
        }
    }

    private NetworkFileException Wrong(string reason, Exception? inner = null) =>
        new(_header.File, SafetensorsHeader.PrefixLength, $"{reason}.", inner);
}
