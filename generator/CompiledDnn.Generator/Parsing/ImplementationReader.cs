using System.Linq;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>A struct closed with the network's number, and how it is written in code.</summary>
internal sealed record Implementation(INamedTypeSymbol Type, ImplementationSpec Spec);

/// <summary>Closes a type that implements an activation or a loss, or says why emitted code could not name it.</summary>
internal static class ImplementationReader
{
    /// <summary>The closed type, or null with the reason.</summary>
    /// <param name="context">The class being parsed.</param>
    /// <param name="requested">The type as it is named.</param>
    /// <param name="number">float or double.</param>
    /// <param name="options">The interface of the options that a second type parameter takes.</param>
    /// <param name="problem">Why the type cannot be used, and what to do.</param>
    public static Implementation? Read(ParseContext context, ITypeSymbol requested, ITypeSymbol number, string options, out string problem)
    {
        problem = "";
        if (requested is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } named)
        {
            problem = "it is not a struct: declare it as a struct, not a ref struct";
            return null;
        }

        if (!context.Compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, context.Type)
            || TypeRules.Chain(named).Any(part => part.IsFileLocal))
        {
            problem = $"'{context.Name}' cannot see it from a generated file: make it and the types around it internal or public";
            return null;
        }

        if (!named.IsUnboundGenericType)
        {
            return named.TypeArguments.All(argument => context.Compilation.IsSymbolAccessibleWithin(argument, context.Type))
                ? new(named, new(Closed(named), 0))
                : Fail("one of its type arguments is not accessible: make that type internal or public", out problem);
        }

        INamedTypeSymbol definition = named.OriginalDefinition;
        if (definition.ContainingType is { IsGenericType: true })
        {
            return Fail("it is nested in a generic type: move it out of that type", out problem);
        }

        if (definition.Arity > 2)
        {
            return Fail(
                $"it has {definition.Arity} type parameters: give it one, the number, or two, the number and the {options}", out problem);
        }

        if (!TypeParameterRules.TakesNumber(definition.TypeParameters[0], number, context.Compilation))
        {
            string t = number.ToDisplayString();
            return Fail(
                $"its type parameter '{definition.TypeParameters[0].Name}' does not take {t}: constrain it to unmanaged and to what {t} implements",
                out problem);
        }

        if (definition.Arity == 2 && !TypeParameterRules.TakesOptions(definition.TypeParameters[1], options))
        {
            return Fail(
                $"its type parameter '{definition.TypeParameters[1].Name}' does not take every {options}: constrain it to struct and {options} only",
                out problem);
        }

        ITypeSymbol[] arguments = definition.Arity == 1 ? [number] : [number, definition.TypeParameters[1]];
        return new(definition.Construct(arguments), new(CodeNames.OpenName(definition), definition.Arity));
    }

    private static string Closed(INamedTypeSymbol type)
    {
        var arguments = type.TypeArguments.Select(argument => argument.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        return CodeNames.OpenName(type) + (type.Arity > 0 ? $"<{string.Join(", ", arguments)}>" : "");
    }

    private static Implementation? Fail(string reason, out string problem)
    {
        problem = reason;
        return null;
    }
}
