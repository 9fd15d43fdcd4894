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
        RegisterWeights(context, parsed);
    }

    // Files of their own for weights inside the program, so that an edit of the network does nothing to them and the other way around.
    private static void RegisterWeights(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Parsed> parsed)
    {
        IncrementalValueProvider<EquatableArray<WeightsManifest>> weights = context.AdditionalTextsProvider
            .Where(static file => WeightsManifests.Is(file))
            .Select(static (file, cancellationToken) => WeightsManifests.Read(file, cancellationToken))
            .WithTrackingName(TrackingNames.Weights)
            .Collect()
            .Select(static (manifests, _) => new EquatableArray<WeightsManifest>(manifests));
        IncrementalValuesProvider<PretrainedSpec> pretrained = parsed
            .Where(static result => result.Spec is not null)
            .Combine(weights)
            .Select(static (pair, _) => WeightsRules.Match(pair.Left.Spec!, pair.Left.TakenName, pair.Right))
            .Where(static match => match is { IsTaken: false })
            .Select(static (match, _) => match!)
            .WithTrackingName(TrackingNames.Pretrained);
        IncrementalValuesProvider<UnknownNetwork> unknown = parsed
            .Select(static (result, _) => result.FullName)
            .Collect()
            .Combine(weights)
            .SelectMany(static (pair, _) => WeightsNames.Unknown(pair.Right, pair.Left));

        context.RegisterSourceOutput(pretrained, static (output, spec) =>
            output.AddSource(PretrainedEmitter.HintName(spec), SourceText.From(PretrainedEmitter.Emit(spec), Encoding.UTF8)));
        context.RegisterSourceOutput(unknown, static (output, weights) =>
            output.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.WeightsOfNoNetwork, null, weights.Network, weights.File, weights.Expected)));
    }

    private static Parsed? Parse(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)attributed.TargetSymbol;
        if (!IsFirst(type, attributed.TargetNode))
        {
            return null;
        }

        ParseResult result = NetworkParser.Parse(type, attributed.SemanticModel.Compilation, cancellationToken);
        return new Parsed(result.Spec, result.Refusal, WeightsNames.Full(type), WeightsNames.Taken(type));
    }

    // A class with the attribute on two of its parts is offered twice and must be answered once.
    private static bool IsFirst(INamedTypeSymbol type, SyntaxNode node)
    {
        SyntaxReference? first = type.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass.Is(KnownTypes.NetworkAttribute))
            ?.ApplicationSyntaxReference;
        return first is not null && first.SyntaxTree == node.SyntaxTree && node.Span.Contains(first.Span);
    }

    private sealed record Parsed(NetworkSpec? Spec, Refusal? Refusal, string FullName, string? TakenName);
}
