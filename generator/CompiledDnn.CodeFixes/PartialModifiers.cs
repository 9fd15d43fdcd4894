using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CompiledDnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledDnn.CodeFixes;

/// <summary>Adds the modifier to every part of a type and of those around it that lacks it, in whatever document.</summary>
internal static class PartialModifiers
{
    public static async Task<Solution> AddAsync(Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var lacking = new HashSet<TypeDeclarationSyntax>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            await CollectAsync(solution, diagnostic.Location, lacking, cancellationToken).ConfigureAwait(false);
        }

        foreach (IGrouping<SyntaxTree, TypeDeclarationSyntax> inFile in lacking.GroupBy(declaration => declaration.SyntaxTree).ToList())
        {
            if (solution.GetDocumentId(inFile.Key) is { } id)
            {
                SyntaxNode root = await inFile.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
                solution = solution.WithDocumentSyntaxRoot(id, root.ReplaceNodes(inFile, (_, rewritten) => Add(rewritten)));
            }
        }

        return solution;
    }

    private static async Task CollectAsync(
        Solution solution, Location location, HashSet<TypeDeclarationSyntax> lacking, CancellationToken cancellationToken)
    {
        if (location.SourceTree is not { } tree || solution.GetDocument(tree) is not { } document)
        {
            return;
        }

        SyntaxNode root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root.FindToken(location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || model?.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
        {
            return;
        }

        foreach (INamedTypeSymbol part in TypeRules.Chain(type))
        {
            lacking.UnionWith(GeneratedTrees.WrittenDeclarations(part, cancellationToken)
                .Where(written => !written.Modifiers.Any(SyntaxKind.PartialKeyword)));
        }
    }

    // The language wants it last, right before the keyword, from which it takes over the comments and the indentation.
    private static TypeDeclarationSyntax Add(TypeDeclarationSyntax declaration)
    {
        SyntaxToken partial = SyntaxFactory.Token(declaration.Keyword.LeadingTrivia, SyntaxKind.PartialKeyword, [SyntaxFactory.Space]);
        return declaration
            .WithKeyword(declaration.Keyword.WithLeadingTrivia())
            .WithModifiers(declaration.Modifiers.Add(partial));
    }
}
