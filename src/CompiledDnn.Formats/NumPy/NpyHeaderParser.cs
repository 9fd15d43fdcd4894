using System.Globalization;

namespace CompiledDnn;

/// <summary>Parses the text of a header: a Python dict with the keys descr, fortran_order and shape, in any order.</summary>
internal ref struct NpyHeaderParser
{
    private readonly string _text;
    private readonly int _start;
    private readonly string _file;
    private int _at;
    private NpyType? _type;
    private bool? _isFortranOrder;
    private long[]? _shape;

    private NpyHeaderParser(string text, int start, string file)
    {
        _text = text;
        _start = start;
        _file = file;
    }

    /// <summary>Parses a header.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins in the file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="NumPyFileException">The text is no header, or one of an array that cannot be read.</exception>
    public static NpyHeader Parse(string text, int start, string file)
    {
        var parser = new NpyHeaderParser(text, start, file);
        parser.ParseDict();
        NpyType type = parser._type ?? throw parser.Bad("the header lacks 'descr'");
        bool isFortranOrder = parser._isFortranOrder ?? throw parser.Bad("the header lacks 'fortran_order'");
        long[] shape = parser._shape ?? throw parser.Bad("the header lacks 'shape'");
        try
        {
            return new NpyHeader(type, isFortranOrder, shape, start + text.Length, NpyHeader.Product(shape, type.Size));
        }
        catch (OverflowException error)
        {
            throw new NumPyFileException(file, start, $"the shape ({string.Join(", ", shape)}) has more numbers than a file can hold; the file is damaged.", error);
        }
    }

    private void ParseDict()
    {
        Expect('{');
        while (!TryTake('}'))
        {
            string key = ParseString("a key");
            Expect(':');
            switch (key)
            {
                case "descr" when _type is null:
                    _type = ParseType();
                    break;
                case "fortran_order" when _isFortranOrder is null:
                    _isFortranOrder = ParseBool();
                    break;
                case "shape" when _shape is null:
                    _shape = ParseShape();
                    break;
                default:
                    throw Bad($"the header has the key '{key}' twice, or one that NumPy does not write");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpaces();
        if (_at < _text.Length)
        {
            throw Bad("something follows the header's closing '}'");
        }
    }

    private NpyType ParseType()
    {
        SkipSpaces();
        if (_at < _text.Length && _text[_at] == '[')
        {
            throw Bad("the array is structured: it has several named fields; save each of them as an array of its own");
        }

        string descr = ParseString("descr");
        return NpyType.Parse(descr) ?? throw Bad(
            descr.TrimStart('|', '<', '>', '=').StartsWith('O')
                ? "the array holds Python objects as a pickle, which is never read, because it can run any program; convert it with astype('f4') and save it again"
                : $"numbers of type '{descr}' cannot be read; those that can are bool, integers of 8 to 64 bits and floating-point numbers of 16 to 64; convert them with astype('f4')");
    }

    private bool ParseBool()
    {
        SkipSpaces();
        foreach (bool value in (ReadOnlySpan<bool>)[true, false])
        {
            string name = value ? "True" : "False";
            if (_text.AsSpan(_at).StartsWith(name, StringComparison.Ordinal))
            {
                _at += name.Length;
                return value;
            }
        }

        throw Bad("fortran_order is neither True nor False");
    }

    private long[] ParseShape()
    {
        Expect('(');
        var shape = new List<long>();
        while (!TryTake(')'))
        {
            if (shape.Count == NpyHeader.MaxRank)
            {
                throw Bad($"the array has more than {NpyHeader.MaxRank} axes");
            }

            shape.Add(ParseLength());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. shape];
    }

    private long ParseLength()
    {
        SkipSpaces();
        int end = _at;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if (!long.TryParse(_text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            throw Bad("the lengths of shape must be whole numbers from 0 to 2^63 − 1");
        }

        // Python 2 wrote long integers with an L.
        _at = end < _text.Length && _text[end] == 'L' ? end + 1 : end;
        return length;
    }

    private string ParseString(string what)
    {
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] is not ('\'' or '"'))
        {
            throw Bad($"expected {what} in quotes");
        }

        int end = _text.IndexOf(_text[_at], _at + 1);
        if (end < 0)
        {
            throw Bad($"the quotes of {what} are not closed");
        }

        string value = _text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private void Expect(char wanted)
    {
        if (!TryTake(wanted))
        {
            throw Bad($"expected '{wanted}'");
        }
    }

    private bool TryTake(char wanted)
    {
        SkipSpaces();
        bool found = _at < _text.Length && _text[_at] == wanted;
        _at += found ? 1 : 0;
        return found;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\t' or '\r')
        {
            _at++;
        }
    }

    private readonly NumPyFileException Bad(string reason) => new(_file, _start + _at, $"{reason}.");
}
