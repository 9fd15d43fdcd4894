using System.Linq;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Whether type parameters accept what emitted code gives them.</summary>
internal static class TypeParameterRules
{
    /// <summary>True if the first type parameter of an activation or loss can be the network's number.</summary>
    public static bool TakesNumber(ITypeParameterSymbol parameter, ITypeSymbol number, Compilation compilation) =>
        !parameter.HasReferenceTypeConstraint
        && parameter.ConstraintTypes.All(constraint => Satisfies(number, Close(constraint, parameter, number), compilation));

    /// <summary>True if the second type parameter can be an empty struct that implements the options alone.</summary>
    public static bool TakesOptions(ITypeParameterSymbol parameter, string options) =>
        !parameter.HasReferenceTypeConstraint
        && parameter.ConstraintTypes.All(constraint => constraint.Is(options) || constraint.SpecialType == SpecialType.System_ValueType);

    private static bool Satisfies(ITypeSymbol number, ITypeSymbol constraint, Compilation compilation) =>
        constraint.TypeKind == TypeKind.Error
        || compilation.ClassifyCommonConversion(number, constraint) is { Exists: true, IsImplicit: true };

    // where T : INumber<T> asks the number for INumber<float>.
    private static ITypeSymbol Close(ITypeSymbol constraint, ITypeParameterSymbol parameter, ITypeSymbol number) =>
        constraint is INamedTypeSymbol { Arity: > 0, ContainingType: null } named
            ? named.OriginalDefinition.Construct(
                [.. named.TypeArguments.Select(argument => SymbolEqualityComparer.Default.Equals(argument, parameter) ? number : argument)])
            : constraint;
}
