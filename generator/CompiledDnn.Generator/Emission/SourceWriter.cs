using System;
using System.Text;

namespace CompiledDnn.Generator.Emission;

/// <summary>Writes indented lines that end in \n on every machine.</summary>
internal sealed class SourceWriter
{
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

    /// <summary>Writes a brace, what is inside one step deeper, and the closing brace.</summary>
    /// <param name="header">The line above the opening brace.</param>
    /// <param name="body">What is inside.</param>
    public void Block(string header, Action body)
    {
        Line(header);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line("}");
    }

    /// <summary>Writes an expression body or an initialiser one step deeper.</summary>
    public void Indented(string text)
    {
        _depth++;
        Line(text);
        _depth--;
    }

    /// <summary>What has been written.</summary>
    public override string ToString() => _text.ToString();
}
