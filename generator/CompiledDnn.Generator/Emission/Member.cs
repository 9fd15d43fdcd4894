using System.Collections.Generic;
using System.Linq;

namespace CompiledDnn.Generator.Emission;

/// <summary>
/// A member of the generated class with its documentation. Where the values in the attribute are wrong, the same signature is written
/// with a body that throws, so that code that uses the class still compiles and the one error seen is ours.
/// </summary>
internal sealed class Member(string signature)
{
    private readonly List<string> _doc = [];
    private readonly List<string> _body = [];

    /// <summary>Adds a summary.</summary>
    public Member Summary(string text) => Doc("summary", text);

    /// <summary>Adds the documentation of a parameter.</summary>
    public Member Param(string name, string text)
    {
        _doc.Add($"/// <param name=\"{name}\">{text}</param>");
        return this;
    }

    /// <summary>Adds the documentation of the returned value.</summary>
    public Member Returns(string text) => Doc("returns", text);

    /// <summary>Adds the documentation of an exception.</summary>
    public Member Throws(string exception, string text)
    {
        _doc.Add($"/// <exception cref=\"global::System.{exception}\">{text}</exception>");
        return this;
    }

    /// <summary>Adds lines of the body; a single one is an expression.</summary>
    public Member Body(params string[] lines)
    {
        _body.AddRange(lines);
        return this;
    }

    /// <summary>Adds lines of the body.</summary>
    public Member Body(IEnumerable<string> lines)
    {
        _body.AddRange(lines);
        return this;
    }

    /// <summary>Writes the member, preceded by an empty line.</summary>
    public void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        foreach (string line in _doc)
        {
            writer.Line(line);
        }

        if (context.IsBroken)
        {
            writer.Line($"{signature} => throw new global::System.InvalidOperationException({EmitContext.Literal(context.Spec.Failure!)});");
        }
        else if (_body.Count == 1)
        {
            string line = $"{signature} => {_body[0]};";
            if (line.Length <= 120)
            {
                writer.Line(line);
            }
            else
            {
                writer.Line($"{signature} =>");
                writer.Indented($"{_body[0]};");
            }
        }
        else
        {
            writer.Block(signature, () => _body.ForEach(writer.Line));
        }
    }

    private Member Doc(string element, string text)
    {
        _doc.Add($"/// <{element}>{text}</{element}>");
        return this;
    }
}
