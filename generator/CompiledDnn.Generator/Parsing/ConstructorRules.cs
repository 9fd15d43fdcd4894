using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledDnn.Generator.Parsing;

/// <summary>
/// How a user's constructors and those of the base class go with the generated one, <c>(int seed, Initializer? initializer)</c>.
/// </summary>
internal static class ConstructorRules
{
    public static void Check(ParseContext context)
    {
        CheckBase(context);
        foreach (IMethodSymbol constructor in context.Type.InstanceConstructors)
        {
            if (Declaration(constructor, context) is { } declaration)
            {
                CheckOwn(context, constructor, declaration);
            }
        }
    }

    private static void CheckBase(ParseContext context)
    {
        if (context.Type is { TypeKind: TypeKind.Class, BaseType: { TypeKind: TypeKind.Class } parent }
            && !parent.InstanceConstructors.Any(constructor =>
                constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
                && context.Compilation.IsSymbolAccessibleWithin(constructor, context.Type)))
        {
            context.Refuse(DiagnosticDescriptors.BaseHasNoConstructor, context.ClassLocation, parent.Name);
        }
    }

    private static void CheckOwn(ParseContext context, IMethodSymbol constructor, ConstructorDeclarationSyntax declaration)
    {
        Location location = declaration.Identifier.GetLocation();
        if (constructor.Parameters.Length == 2
            && constructor.Parameters[0].Type.SpecialType == SpecialType.System_Int32
            && constructor.Parameters[1].Type.Is(KnownTypes.Initializer))
        {
            context.Refuse(
                DiagnosticDescriptors.NameTaken,
                location,
                $"{context.Name}(int, Initializer)",
                "the class has a constructor with these parameters already",
                "remove it or change its parameters");
        }
        else if (!declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer) && HasBody(declaration))
        {
            context.Fail(DiagnosticDescriptors.ConstructorSkipsWeights, location);
        }
    }

    private static bool HasBody(ConstructorDeclarationSyntax declaration) =>
        declaration.Body is not null || declaration.ExpressionBody is not null;

    private static ConstructorDeclarationSyntax? Declaration(IMethodSymbol constructor, ParseContext context) =>
        (constructor.PartialImplementationPart ?? constructor).DeclaringSyntaxReferences
            .Where(reference => !GeneratedTrees.IsOurs(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax(context.CancellationToken))
            .OfType<ConstructorDeclarationSyntax>()
            .FirstOrDefault();
}
