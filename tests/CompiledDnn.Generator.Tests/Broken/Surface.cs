using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>What a user's code can name of a generated class.</summary>
internal static class Surface
{
    private static readonly SymbolDisplayFormat s_format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeExplicitInterface | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The signatures of a type and its nested types, in order, with the types that it stands for.</summary>
    public static IReadOnlyList<string> Of(INamedTypeSymbol type) =>
    [
        $"{type.ToDisplayString(s_format)} : {type.BaseType?.ToDisplayString(s_format)}",
        .. type.Interfaces.Select(promise => $"{type.ToDisplayString(s_format)} : {promise.ToDisplayString(s_format)}"),
        .. Members(type).Where(member => member is not INamedTypeSymbol).Select(member => member.ToDisplayString(s_format)).Order(StringComparer.Ordinal),
        .. Members(type).OfType<INamedTypeSymbol>().SelectMany(Of),
    ];

    /// <summary>The members that are not private; what an interface promises counts, as it can be called.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        !member.IsImplicitlyDeclared
        && (member.DeclaredAccessibility != Accessibility.Private
            || member is IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false }));
}
