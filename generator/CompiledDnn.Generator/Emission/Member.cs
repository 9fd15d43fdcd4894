using System.Collections.Generic;
using System.Linq;

namespace CompiledDnn.Generator.Emission;

/// <summary>
/// A member of the generated class with its documentation. Where the values in the attribute are wrong, the same signature is written
/// with a body that throws, so that code that uses the class still compiles and the one error seen is ours.
/// </summary>
internal sealed class Member(string signature)
{
    private const string AlwaysThrows =
        "/// <exception cref=\"global::System.InvalidOperationException\">Always: the values in the attribute are wrong.</exception>";

    private readonly List<(string Name, string Line)> _params = [];
    private readonly List<string> _exceptions = [];
    private readonly List<string> _body = [];
    private string? _summary;
    private bool _isSettable;
    private string? _returns;

    /// <summary>Adds a summary.</summary>
    public Member Summary(string text)
    {
        _summary = $"/// <summary>{text}</summary>";
        return this;
    }

    /// <summary>Adds the documentation of a parameter.</summary>
    public Member Param(string name, string text)
    {
        _params.Add((name, $"/// <param name=\"{name}\">{text}</param>"));
        return this;
    }

    /// <summary>Adds the documentation of the returned value.</summary>
    public Member Returns(string text)
    {
        _returns = $"/// <returns>{text}</returns>";
        return this;
    }

    /// <summary>Adds the documentation of an exception.</summary>
    public Member Throws(string exception, string text)
    {
        _exceptions.Add($"/// <exception cref=\"global::System.{exception}\">{text}</exception>");
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

    /// <summary>Makes it a property that can be set.</summary>
    public Member Accessors(string get, string set)
    {
        _isSettable = true;
        return Body($"get => {get};", $"set => {set};");
    }

    /// <summary>Writes the member, preceded by an empty line.</summary>
    public void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        foreach (string line in Documentation(context.IsBroken))
        {
            writer.Line(line);
        }

        if (context.IsBroken && _isSettable)
        {
            writer.Block(signature, () =>
            {
                writer.Line($"get => {EmitContext.ThrowFailure};");
                writer.Line($"set => {EmitContext.ThrowFailure};");
            });
        }
        else if (context.IsBroken)
        {
            writer.Arrow(signature, EmitContext.ThrowFailure);
        }
        else if (_body.Count == 1)
        {
            writer.Arrow(signature, _body[0]);
        }
        else
        {
            writer.Block(signature, () => _body.ForEach(writer.CodeOrComment));
        }
    }

    // The parameters in the order of the signature, whatever the order they were added in.
    private IEnumerable<string> Documentation(bool isBroken) =>
        new[] { _summary }
            .Concat(_params.OrderBy(param => signature.LastIndexOf(" " + param.Name, System.StringComparison.Ordinal)).Select(param => param.Line))
            .Append(_returns)
            .Concat(isBroken && _summary is not null ? [AlwaysThrows] : _exceptions)
            .OfType<string>();
}
