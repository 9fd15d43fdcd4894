using System.Linq;
using System.Text;
using System.Threading;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CompiledDnn.Generator;

/// <summary>
/// Writes the forward, backward and update methods of every class with [Network]. Only the pipeline is here: the parser makes plain
/// values of a symbol, and the emitter makes code of the values.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Parsed> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.NetworkAttributeMetadataName,
                static (node, _) => node is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax,
                static (attributed, cancellationToken) => Parse(attributed, cancellationToken))
            .Where(static result => result is not null)
            .Select(static (result, _) => result!)
            .WithTrackingName(TrackingNames.Parse);

        // Two outputs, so that a class that moves, and with it a diagnostic's place, does not emit its code again.
        IncrementalValuesProvider<NetworkSpec> specs = parsed
            .Where(static result => result.Spec is not null)
            .Select(static (result, _) => result.Spec!)
            .WithTrackingName(TrackingNames.Spec);
        IncrementalValuesProvider<Refusal> refusals = parsed
            .Where(static result => result.Refusal is not null)
            .Select(static (result, _) => result.Refusal!)
            .WithTrackingName(TrackingNames.Refusal);

        context.RegisterSourceOutput(specs, static (output, spec) =>
            output.AddSource(spec.Type.HintName, SourceText.From(NetworkEmitter.Emit(spec), Encoding.UTF8)));
        context.RegisterSourceOutput(refusals, static (output, refusal) =>
            output.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.NothingGenerated, refusal.Location?.ToLocation(), refusal.DisplayName, refusal.Reason)));
    }

    private static Parsed? Parse(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)attributed.TargetSymbol;
        if (!IsFirst(type, attributed.TargetNode))
        {
            return null;
        }

        ParseResult result = NetworkParser.Parse(type, attributed.SemanticModel.Compilation, cancellationToken);
        return new Parsed(result.Spec, result.Refusal);
    }

    // A class with the attribute on two of its parts is offered twice and must be answered once.
    private static bool IsFirst(INamedTypeSymbol type, SyntaxNode node)
    {
        SyntaxReference? first = type.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass.Is(KnownTypes.NetworkAttribute))
            ?.ApplicationSyntaxReference;
        return first is not null && first.SyntaxTree == node.SyntaxTree && node.Span.Contains(first.Span);
    }

    private sealed record Parsed(NetworkSpec? Spec, Refusal? Refusal);
}
