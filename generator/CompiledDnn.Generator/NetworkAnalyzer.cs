using System.Collections.Immutable;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
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
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)
            || !type.GetAttributes().Any(attribute =>
                attribute.AttributeClass.Is(KnownTypes.NetworkAttribute) || attribute.AttributeClass.Is(KnownTypes.LayerAttribute)))
        {
            return;
        }

        foreach (Diagnostic diagnostic in NetworkParser.Parse(type, context.Compilation, context.CancellationToken).Diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }
}
