using System;
using System.Linq;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Symbols as they are written in code.</summary>
internal static class CodeNames
{
    /// <summary>A name, with @ where the language could take it for a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>A namespace without global::, or an empty string.</summary>
    public static string Of(INamespaceSymbol @namespace) =>
        @namespace is null or { IsGlobalNamespace: true }
            ? ""
            : Of(@namespace.ContainingNamespace) is { Length: > 0 } outer ? $"{outer}.{Escape(@namespace.Name)}" : Escape(@namespace.Name);

    /// <summary>A type from global:: on, without its own type arguments.</summary>
    public static string OpenName(INamedTypeSymbol type)
    {
        string container = type.ContainingType is { } outer
            ? outer.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "."
            : Of(type.ContainingNamespace) is { Length: > 0 } name ? $"global::{name}." : "global::";
        return container + Escape(type.Name);
    }

    /// <summary>The annotated class.</summary>
    public static TypeSpec Describe(INamedTypeSymbol type)
    {
        INamedTypeSymbol[] chain = [.. TypeRules.Chain(type)];
        return new(
            Of(type.ContainingNamespace),
            new(chain.Take(chain.Length - 1).Select(outer => new OuterTypeSpec(Keyword(outer), Escape(outer.Name)))),
            Escape(type.Name),
            type.Name,
            type.IsSealed,
            chain.All(part => part.DeclaredAccessibility == Accessibility.Public),
            HintName(type, chain));
    }

    private static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "interface",
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        _ => type.IsRecord ? "record" : "class",
    };

    // Nesting is a plus, as in metadata, so that a class Y in X and a class Y in a namespace X have files of their own.
    private static string HintName(INamedTypeSymbol type, INamedTypeSymbol[] chain)
    {
        string name = string.Join("+", chain.Select(part => part.Arity > 0 ? $"{part.Name}`{part.Arity}" : part.Name));
        string prefix = type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(s_plain) + "." : "";
        return $"{prefix}{name}{CaseMark(type)}.g.cs";
    }

    // The compiler compares file names without regard to case, but Net and NET may be two classes.
    private static string CaseMark(INamedTypeSymbol type)
    {
        int twinsBefore = type.ContainingSymbol is INamespaceOrTypeSymbol container
            ? container.GetTypeMembers().Count(other =>
                string.Equals(other.Name, type.Name, StringComparison.OrdinalIgnoreCase)
                && string.CompareOrdinal(other.Name, type.Name) < 0)
            : 0;
        return twinsBefore == 0 ? "" : $"-{twinsBefore + 1}";
    }

    private static readonly SymbolDisplayFormat s_plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}
