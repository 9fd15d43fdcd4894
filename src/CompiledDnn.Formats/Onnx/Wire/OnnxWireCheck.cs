using System.Text.Unicode;

namespace CompiledDnn;

/// <summary>
/// Goes through the bytes of a model before they are parsed: that they are fields of Protocol Buffers down to the last one, and that what they make the
/// parser allocate is in proportion to their number. Says at which byte something is wrong.
/// </summary>
internal ref struct OnnxWireCheck
{
    // Far above any dense network. An empty message takes two bytes in a file and some hundred in memory.
    private const int MaxMessages = 100_000;

    // One byte in a file can be eight in memory; lists of lengths and shapes are short.
    private const int MaxPackedIntegers = 100_000;

    private const int FirstLength = 9;

    private const string Damaged = "the file is damaged or no ONNX model";

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _file;
    private int _at;
    private int _messages;
    private int _packed;

    private OnnxWireCheck(ReadOnlySpan<byte> bytes, string file)
    {
        _bytes = bytes;
        _file = file;
    }

    private enum Kind
    {
        Skipped,
        Text,
        PackedIntegers,
        Model,
        OperatorSet,
        Entry,
        Graph,
        Node,
        Attribute,
        Tensor,
        ValueInfo,
        Type,
        TensorType,
        Shape,
        Dimension,
    }

    /// <summary>Checks a whole model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NetworkFileException">They are no model.</exception>
    public static void Check(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.IsEmpty)
        {
            throw new NetworkFileException(file, 0, "expected an ONNX model, but the file is empty.");
        }

        var check = new OnnxWireCheck(bytes, file);
        check.Message(Kind.Model, bytes.Length);
    }

    private static Kind KindOf(Kind message, uint field) => (message, field) switch
    {
        (Kind.Model, 2 or 3) => Kind.Text,
        (Kind.Model, 7) => Kind.Graph,
        (Kind.Model, 8) => Kind.OperatorSet,
        (Kind.Model, 14) => Kind.Entry,
        (Kind.OperatorSet, 1) => Kind.Text,
        (Kind.Entry, 1 or 2) => Kind.Text,
        (Kind.Graph, 1) => Kind.Node,
        (Kind.Graph, 2) => Kind.Text,
        (Kind.Graph, 5) => Kind.Tensor,
        (Kind.Graph, 11 or 12) => Kind.ValueInfo,
        (Kind.Node, 1 or 2 or 3 or 4 or 7) => Kind.Text,
        (Kind.Node, 5) => Kind.Attribute,
        (Kind.Attribute, 1) => Kind.Text,
        (Kind.Attribute, 5) => Kind.Tensor,
        (Kind.Attribute, 8) => Kind.PackedIntegers,
        (Kind.Tensor, 1 or 7) => Kind.PackedIntegers,
        (Kind.Tensor, 8) => Kind.Text,
        (Kind.Tensor, 13) => Kind.Entry,
        (Kind.ValueInfo, 1) => Kind.Text,
        (Kind.ValueInfo, 2) => Kind.Type,
        (Kind.Type, 1) => Kind.TensorType,
        (Kind.TensorType, 2) => Kind.Shape,
        (Kind.Shape, 1) => Kind.Dimension,
        (Kind.Dimension, 2) => Kind.Text,
        _ => Kind.Skipped,
    };

    private void Message(Kind kind, int end)
    {
        if (++_messages > MaxMessages)
        {
            throw Bad(_at, $"the model has more than {MaxMessages} parts");
        }

        while (_at < end)
        {
            int start = _at;
            ulong tag = Varint(end);
            uint field = (uint)(tag >> 3);
            if (tag > uint.MaxValue || field == 0)
            {
                throw Bad(start, "there is no field with the number 0 or so large a number");
            }

            Value(kind, field, (int)(tag & 7), start, end);
        }
    }

    private void Value(Kind message, uint field, int wireType, int start, int end)
    {
        switch (wireType)
        {
            case 0:
                Varint(end);
                break;
            case 1:
                Skip(8, end);
                break;
            case 5:
                Skip(4, end);
                break;
            case 2:
                Lengthy(KindOf(message, field), start, end);
                break;
            default:
                throw Bad(start, $"a field has the wire type {wireType}, which ONNX does not use");
        }
    }

    private void Lengthy(Kind kind, int start, int end)
    {
        ulong length = Varint(end);
        if (length > (ulong)(end - _at))
        {
            throw Bad(start, $"a part would have {length} bytes, but only {end - _at} follow; the file was cut off");
        }

        int last = _at + (int)length;
        if (kind >= Kind.Model)
        {
            Message(kind, last);
        }
        else if (kind == Kind.Text && !Utf8.IsValid(_bytes[_at..last]))
        {
            throw Bad(_at, "a name is not valid UTF-8");
        }
        else if (kind == Kind.PackedIntegers && (_packed += (int)length) > MaxPackedIntegers)
        {
            throw Bad(start, $"the model has more than {MaxPackedIntegers} bytes of shapes");
        }

        _at = last;
    }

    private void Skip(int length, int end)
    {
        if (end - _at < length)
        {
            throw Bad(_at, $"a number has {length} bytes, but only {end - _at} follow; the file was cut off");
        }

        _at += length;
    }

    private ulong Varint(int end)
    {
        int start = _at;
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at == end)
            {
                throw Bad(start, "a number or a tag has no end; the file was cut off");
            }

            byte part = _bytes[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Bad(start, "a number has more than ten bytes");
    }

    private readonly NetworkFileException Bad(int at, string reason) =>
        new(_file, at, $"{reason}; {Damaged}{FileKind.Hint(_bytes[..Math.Min(_bytes.Length, FirstLength)])}.");
}
