using System.Text.Json;

namespace CompiledDnn;

/// <summary>What the JSON text of a header holds.</summary>
/// <param name="tensors">The tensors.</param>
/// <param name="metadata">The notes.</param>
internal sealed class SafetensorsContent(List<SafetensorsTensor> tensors, Dictionary<string, string> metadata)
{
    /// <summary>The tensors in the order of their data.</summary>
    public List<SafetensorsTensor> Tensors { get; } = tensors;

    /// <summary>The file's own notes.</summary>
    public Dictionary<string, string> Metadata { get; } = metadata;
}

/// <summary>Parses the JSON text of a safetensors header and checks each entry by itself.</summary>
internal ref struct SafetensorsJson
{
    /// <summary>The key that is no tensor.</summary>
    public const string MetadataKey = "__metadata__";

    // Far above any real file; a header of the longest length allowed could name more than a million tensors.
    private const int MaxTensors = 100_000;
    private const int MaxRank = 32;

    private readonly string _file;
    private Utf8JsonReader _reader;

    private SafetensorsJson(ReadOnlySpan<byte> json, string file)
    {
        _file = file;
        _reader = new Utf8JsonReader(json);
    }

    /// <summary>Parses a whole header.</summary>
    /// <param name="json">The text, valid UTF-8.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NetworkFileException">The text is not a header.</exception>
    public static SafetensorsContent Parse(ReadOnlySpan<byte> json, string file)
    {
        var parser = new SafetensorsJson(json, file);
        try
        {
            return parser.ParseHeader();
        }
        catch (JsonException error)
        {
            long at = SafetensorsHeader.PrefixLength + parser._reader.BytesConsumed;
            throw new NetworkFileException(file, at, $"the header is not valid JSON: {error.Message}", error);
        }
    }

    private SafetensorsContent ParseHeader()
    {
        var tensors = new List<SafetensorsTensor>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();

        // The opening brace, which is there: it made the text a header.
        _reader.Read();
        while (ReadKey() is { } name)
        {
            if (!names.Add(name))
            {
                throw Bad($"the header has the key '{name}' twice");
            }

            if (name == MetadataKey)
            {
                ParseMetadata(metadata);
            }
            else if (tensors.Count == MaxTensors)
            {
                throw Bad($"the header has more than {MaxTensors} tensors");
            }
            else
            {
                tensors.Add(ParseTensor(name));
            }
        }

        // White space may follow, and the reader throws if anything else does.
        _reader.Read();

        // Tensors without data share their place with the tensor that begins there, so both ends decide.
        tensors.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        return new SafetensorsContent(tensors, metadata);
    }

    private void ParseMetadata(Dictionary<string, string> metadata)
    {
        Expect(JsonTokenType.StartObject, MetadataKey);
        while (ReadKey() is { } key)
        {
            Expect(JsonTokenType.String, $"'{key}' of {MetadataKey}");
            if (!metadata.TryAdd(key, Text()))
            {
                throw Bad($"{MetadataKey} has the key '{key}' twice");
            }
        }
    }

    private SafetensorsTensor ParseTensor(string name)
    {
        SafetensorsDType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(JsonTokenType.StartObject, $"the entry of tensor '{name}'");
        while (ReadKey() is { } key)
        {
            if ((key, type, shape, offsets) is ("dtype", not null, _, _) or ("shape", _, not null, _) or ("data_offsets", _, _, not null))
            {
                throw Bad($"the entry of tensor '{name}' has the key '{key}' twice");
            }

            switch (key)
            {
                case "dtype":
                    Expect(JsonTokenType.String, $"the dtype of tensor '{name}'");
                    type = SafetensorsDType.Find(Text()) ?? throw Bad($"the tensor '{name}' has the unknown dtype '{Text()}'");
                    break;
                case "shape":
                    shape = ParseIntegers($"the shape of tensor '{name}'", MaxRank);
                    break;
                case "data_offsets":
                    offsets = ParseIntegers($"the data_offsets of tensor '{name}'", 2);
                    break;
                default:
                    throw Bad($"the entry of tensor '{name}' has the unknown key '{key}'; expected dtype, shape and data_offsets");
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            string missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Bad($"the entry of tensor '{name}' has no {missing}");
        }

        if (offsets.Count != 2)
        {
            throw Bad($"the data_offsets of tensor '{name}' have {offsets.Count} numbers; expected begin and end");
        }

        var tensor = new SafetensorsTensor(name, type, [.. shape], offsets[0], offsets[1]);
        CheckLength(tensor);
        return tensor;
    }

    private void CheckLength(SafetensorsTensor tensor)
    {
        if (tensor.End < tensor.Begin)
        {
            throw Bad($"the data_offsets of tensor '{tensor.Name}' end at {tensor.End}, before they begin at {tensor.Begin}");
        }

        long bits;
        try
        {
            bits = checked(SafetensorsTensor.CountOf(tensor.Shape) * tensor.DType.Bits);
        }
        catch (OverflowException)
        {
            throw Bad($"the shape {tensor.ShapeText} of tensor '{tensor.Name}' has more numbers than a file can hold");
        }

        if (bits % 8 != 0 || tensor.End - tensor.Begin != bits / 8)
        {
            throw Bad(
                $"the tensor '{tensor.Name}' of shape {tensor.ShapeText} and dtype {tensor.DType.Name} takes {bits / 8.0:0.#} bytes, but its data_offsets span {tensor.End - tensor.Begin}");
        }
    }

    private List<long> ParseIntegers(string what, int most)
    {
        Expect(JsonTokenType.StartArray, what);
        var numbers = new List<long>();
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
        {
            if (numbers.Count == most)
            {
                throw Bad($"{what} must not have more than {most} numbers");
            }

            // The reader takes 1.0, 1e2 and −0 for numbers, but they are no non-negative integers as the format writes them.
            if (_reader.TokenType != JsonTokenType.Number || _reader.ValueSpan[0] == '-' || !_reader.TryGetInt64(out long number))
            {
                throw Bad($"{what} must be non-negative integers below 2^63");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private string? ReadKey()
    {
        // In an object the reader gives a name or the end, and throws at anything else.
        _reader.Read();
        return _reader.TokenType == JsonTokenType.EndObject ? null : Text();
    }

    private void Expect(JsonTokenType expected, string what)
    {
        _reader.Read();
        if (_reader.TokenType != expected)
        {
            string kind = expected switch
            {
                JsonTokenType.StartObject => "an object",
                JsonTokenType.StartArray => "an array",
                _ => "a string",
            };
            throw Bad($"{what} must be {kind}");
        }
    }

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new NetworkFileException(_file, Position, "the header has an escape that is half a character; the file is damaged.", error);
        }
    }

    private readonly long Position => SafetensorsHeader.PrefixLength + _reader.TokenStartIndex;

    private readonly NetworkFileException Bad(string reason) => new(_file, Position, $"{reason}; the file is damaged or no safetensors file.");
}
