using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Which kinds of types can be completed by generated code.</summary>
internal static class TypeRules
{
    public static void Check(ParseContext context)
    {
        INamedTypeSymbol type = context.Type;
        CheckKind(context, type);
        CheckPartial(context, type);

        if (Chain(type).FirstOrDefault(part => part.Arity > 0) is { } generic)
        {
            context.Refuse(DiagnosticDescriptors.IsGeneric, context.ClassLocation, generic.Name);
        }

        if (Chain(type).FirstOrDefault(part => part.IsFileLocal) is { } fileLocal)
        {
            context.Refuse(DiagnosticDescriptors.IsFileLocal, context.ClassLocation, fileLocal.Name);
        }
    }

    /// <summary>A type and those around it, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            chain.Push(part);
        }

        return chain;
    }

    private static void CheckKind(ParseContext context, INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Struct)
        {
            context.Refuse(DiagnosticDescriptors.IsStruct, context.ClassLocation);
            return;
        }

        if (type.IsRecord)
        {
            context.Refuse(DiagnosticDescriptors.IsRecord, context.ClassLocation);
        }
        else if (HasPrimaryConstructor(context, type))
        {
            context.Refuse(DiagnosticDescriptors.HasPrimaryConstructor, context.ClassLocation);
        }

        if (type.IsStatic)
        {
            context.Refuse(DiagnosticDescriptors.IsStatic, context.ClassLocation);
        }
        else if (type.IsAbstract)
        {
            context.Refuse(DiagnosticDescriptors.IsAbstract, context.ClassLocation);
        }
    }

    private static bool HasPrimaryConstructor(ParseContext context, INamedTypeSymbol type) =>
        GeneratedTrees.WrittenDeclarations(type, context.CancellationToken)
            .Any(declaration => declaration is ClassDeclarationSyntax { ParameterList: not null });

    private static void CheckPartial(ParseContext context, INamedTypeSymbol type)
    {
        string[] lacking =
        [
            .. Chain(type)
                .Where(part => GeneratedTrees.WrittenDeclarations(part, context.CancellationToken)
                    .Any(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)))
                .Select(part => $"'{part.Name}'"),
        ];
        if (lacking.Length > 0)
        {
            context.Refuse(DiagnosticDescriptors.NotPartial, context.ClassLocation, string.Join(" and ", lacking));
        }
    }
}
