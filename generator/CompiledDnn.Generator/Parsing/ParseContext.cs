using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledDnn.Generator.Parsing;

/// <summary>The class being parsed, and what was found wrong with it so far.</summary>
internal sealed class ParseContext
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public ParseContext(INamedTypeSymbol type, Compilation compilation, SyntaxNode? attribute, CancellationToken cancellationToken)
    {
        Type = type;
        Compilation = compilation;
        CancellationToken = cancellationToken;
        ClassLocation = attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.GetLocation()
            ?? type.Locations.FirstOrDefault()
            ?? Location.None;
    }

    public INamedTypeSymbol Type { get; }

    public string Name => Type.Name;

    public Compilation Compilation { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The class's name where the attribute stands.</summary>
    public Location ClassLocation { get; }

    /// <summary>Why the class cannot be extended, beginning with an id; null if it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What is wrong with the values, beginning with an id; null if they are right.</summary>
    public string? Failure { get; private set; }

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <summary>Reports that the class cannot be extended.</summary>
    public void Refuse(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        string text = Add(descriptor, location, arguments);
        Refusal ??= text;
    }

    /// <summary>Reports that a value is wrong.</summary>
    public void Fail(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        string text = Add(descriptor, location, arguments);
        Failure ??= text;
    }

    /// <summary>Reports what hinders nothing.</summary>
    public void Warn(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        Add(descriptor, location, arguments);

    /// <summary>Notes that the values cannot be read because of an error that the compiler reports by itself.</summary>
    public void FailSilently(DiagnosticDescriptor descriptor, string text) => Failure ??= $"{descriptor.Id}: {text}";

    private string Add(DiagnosticDescriptor descriptor, Location location, object[] arguments)
    {
        var diagnostic = Diagnostic.Create(descriptor, location, [Name, .. arguments]);
        _diagnostics.Add(diagnostic);
        return $"{descriptor.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }
}
