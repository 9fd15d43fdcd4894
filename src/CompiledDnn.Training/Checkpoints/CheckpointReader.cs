using System.Buffers.Binary;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>Reads a checkpoint file: first the notes, then the blocks that they speak of.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private const int ChunkLength = 65536;

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
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _header = SafetensorsHeader.Read(_stream, path);
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
        if (!_tensors.TryGetValue(name, out SafetensorsTensor? tensor) || tensor.DType != SafetensorsDType.F64)
        {
            throw Wrong($"it needs the tensor '{name}' of type F64, which the checkpoint does not have; resume with the options that it was written with");
        }

        var bytes = new byte[tensor.End - tensor.Begin];
        _stream.Position = _header.DataStart + tensor.Begin;
        _stream.ReadExactly(bytes);
        var numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        }

        return numbers;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

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
            throw Wrong($"its notes on the training cannot be read ({error.Message}); delete it to go on from the checkpoint before it", error);
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
        _stream.Position = _header.DataStart + tensor.Begin;
        for (long at = 0; at < tensor.End - tensor.Begin; at += ChunkLength)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkLength, tensor.End - tensor.Begin - at));
            _stream.ReadExactly(part);
            target.CopyFrom(block, at / size, part, tensor.DType);
        }
    }

    private NetworkFileException Wrong(string reason, Exception? inner = null) =>
        new(_header.File, SafetensorsHeader.PrefixLength, $"{reason}.", inner);
}
