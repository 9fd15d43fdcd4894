using System;
using System.Text;

namespace CompiledDnn.Generator.Emission;

/// <summary>Writes indented lines that end in \n on every machine.</summary>
internal sealed class SourceWriter
{
    // Above this, signature and expression are easier to read one below the other.
    private const int ShortLine = 120;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes each line of <paramref name="text"/> at the present depth.</summary>
    public void Line(string text = "")
    {
        foreach (string line in text.Replace("\r", string.Empty).Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a line of code at the present depth, on several lines if it is too long for one.</summary>
    public void Code(string line)
    {
        foreach (string part in CodeWrapping.Wrap(line, CodeWrapping.Width - (4 * _depth)))
        {
            Line(part);
        }
    }

    /// <summary>Writes a line of a body: a comment as it is, code wrapped.</summary>
    public void CodeOrComment(string line)
    {
        if (line.StartsWith("//", StringComparison.Ordinal))
        {
            Line(line);
            return;
        }

        Code(line);
    }

    /// <summary>Writes a brace, what is inside one step deeper, and the closing brace.</summary>
    /// <param name="header">The line above the opening brace.</param>
    /// <param name="body">What is inside.</param>
    public void Block(string header, Action body)
    {
        Code(header);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line("}");
    }

    /// <summary>Writes each line of an initialiser one step deeper.</summary>
    public void Indented(string text)
    {
        _depth++;
        Line(text);
        _depth--;
    }

    /// <summary>Writes a member whose body is an expression: on one line if it is short, else the expression below.</summary>
    public void Arrow(string signature, string expression)
    {
        string line = $"{signature} => {expression};";
        if (line.Length <= ShortLine)
        {
            Line(line);
            return;
        }

        Code($"{signature} =>");
        _depth++;
        Code($"{expression};");
        _depth--;
    }

    /// <summary>What has been written.</summary>
    public override string ToString() => _text.ToString();
}
