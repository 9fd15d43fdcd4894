using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>
/// The types of the runtime that the parser asks for, recognised by name: a lookup would fail where two referenced assemblies hold one.
/// </summary>
internal static class KnownTypes
{
    public const string Namespace = "CompiledDnn";

    public const string NetworkAttribute = "NetworkAttribute";
    public const string LayerAttribute = "LayerAttribute";
    public const string ImplementationAttribute = "ImplementationAttribute";
    public const string ActivationTraitsAttribute = "ActivationTraitsAttribute";
    public const string LossTraitsAttribute = "LossTraitsAttribute";

    public const string Initializer = "Initializer";
    public const string LayerOptions = "ILayerOptions";
    public const string LossOptions = "ILossOptions";

    public const string Activation = "IActivation";
    public const string DerivativeFromOutput = "IDerivativeFromOutput";
    public const string DerivativeFromInput = "IDerivativeFromInput";
    public const string RowActivation = "IRowActivation";

    public const string ElementwiseLoss = "IElementwiseLoss";
    public const string RowLoss = "IRowLoss";
    public const string FusedLoss = "IFusedLoss";
    public const string FusedRowLoss = "IFusedRowLoss";
    public const string LabelLoss = "ILabelLoss";

    /// <summary>What the generator's pipeline looks for.</summary>
    public const string NetworkAttributeMetadataName = Namespace + "." + NetworkAttribute;

    /// <summary>True if the type is the runtime's of that name, whatever its type arguments.</summary>
    public static bool Is(this ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol
        {
            ContainingType: null,
            ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true },
        }
        && type.Name == name;

    /// <summary>The attribute of that name on a symbol, or null.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(name));

    /// <summary>The runtime's interfaces of that name which a type implements for a number.</summary>
    public static ImmutableArray<INamedTypeSymbol> Implemented(this INamedTypeSymbol type, string name, ITypeSymbol number) =>
        [.. type.AllInterfaces.Where(implemented =>
            implemented.Is(name)
            && implemented.TypeArguments.Length > 0
            && SymbolEqualityComparer.Default.Equals(implemented.TypeArguments[0], number))];

    /// <summary>True if a type implements the runtime's interface of that name for a number.</summary>
    public static bool Implements(this INamedTypeSymbol type, string name, ITypeSymbol number) => !type.Implemented(name, number).IsEmpty;
}
