using System.Collections.Immutable;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CompiledDnn.Generator;

/// <summary>Reports, as you type, what the parser finds wrong with a network class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.NotPartial,
        DiagnosticDescriptors.IsStatic,
        DiagnosticDescriptors.IsGeneric,
        DiagnosticDescriptors.IsAbstract,
        DiagnosticDescriptors.IsRecord,
        DiagnosticDescriptors.IsStruct,
        DiagnosticDescriptors.IsFileLocal,
        DiagnosticDescriptors.HasPrimaryConstructor,
        DiagnosticDescriptors.BaseHasNoConstructor,
        DiagnosticDescriptors.TooFewSizes,
        DiagnosticDescriptors.SizeNotPositive,
        DiagnosticDescriptors.TooLarge,
        DiagnosticDescriptors.RowActivationHidden,
        DiagnosticDescriptors.RowActivationOneOutput,
        DiagnosticDescriptors.LossDoesNotFit,
        DiagnosticDescriptors.LayerOutOfRange,
        DiagnosticDescriptors.LayerTwice,
        DiagnosticDescriptors.BothForms,
        DiagnosticDescriptors.UnusableType,
        DiagnosticDescriptors.NameTaken,
        DiagnosticDescriptors.NetworkTwice,
        DiagnosticDescriptors.ConstructorSkipsWeights,
        DiagnosticDescriptors.OptionOutOfRange,
        DiagnosticDescriptors.OptionUnused,
        DiagnosticDescriptors.LayerWithoutNetwork,
        DiagnosticDescriptors.DropoutOfLastLayer,
        DiagnosticDescriptors.WeightsDoNotFit,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            EquatableArray<WeightsManifest> weights = WeightsManifests.ReadAll(start.Options.AdditionalFiles, start.CancellationToken);
            start.RegisterSymbolAction(symbol => Analyze(symbol, weights), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, EquatableArray<WeightsManifest> weights)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)
            || !type.GetAttributes().Any(attribute =>
                attribute.AttributeClass.Is(KnownTypes.NetworkAttribute) || attribute.AttributeClass.Is(KnownTypes.LayerAttribute)))
        {
            return;
        }

        ParseResult result = NetworkParser.Parse(type, context.Compilation, context.CancellationToken);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }

        if (result.Spec is { } spec && WeightsRules.Match(spec, WeightsNames.Taken(type), weights) is { Problem: { } problem } match)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.WeightsDoNotFit, result.ClassLocation, type.Name, match.File, problem));
        }
    }
}
